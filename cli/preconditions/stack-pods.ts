import { isObject } from "../../lib/pulumi/values";
import {
  chartDefaults,
  type ContainerResources,
  databaseInCluster,
  minimumReplicas,
  type Settings,
  surgePods,
} from "../../settings";

/** The pods of one part of the stack; each has one container. */
export interface StackPods {
  /** The part, such as `backend`. */
  part: string;
  resources: ContainerResources;
  /** Number of pods that stay; 0: a pod that only passes, such as the migration's. */
  count: number;
  /** Number of additional pods during a rollout. */
  surge: number;
}

/** Returns all pods that an update of the stack creates: services with their surge, database, migration. */
export function stackPods(settings: Settings): StackPods[] {
  const surge = surgePods(settings.rollout);
  const services = (["backend", "frontend"] as const).map((part) => ({
    part,
    resources: settings[part].resources,
    count: minimumReplicas(settings[part]),
    surge,
  }));
  const { postgres } = settings;
  const database = { part: "database", resources: postgres.resources, count: 1, surge: 0 };
  const migration = {
    part: "migration",
    resources: migrationResources(settings),
    count: 0,
    surge: 0,
  };
  return [...services, ...(databaseInCluster(settings) ? [database] : []), migration];
}

function migrationResources({ chart: { values } }: Settings): ContainerResources {
  const { requests, limits } = chartDefaults.migration.resources;
  const { resources } = isObject(values.migration) ? values.migration : {};
  const given = (isObject(resources) ? resources : {}) as Partial<ContainerResources>;
  return { requests: { ...requests, ...given.requests }, limits: { ...limits, ...given.limits } };
}
