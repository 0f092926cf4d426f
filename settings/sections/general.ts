import { z } from "zod";
import { chart, chartDefaults } from "../chart-defaults";
import * as f from "../fields";

const A_VERSION = "a semantic version such as 1.0.0";

/** Labels that program and chart set themselves, for each object. */
const OWN_LABELS = /^(component|version|helm\.sh\/chart|app\.kubernetes\.io\/.*)$/;

/** Settings without a section of their own: environment, version, cluster, namespace, labels. */
export const general = {
  environment: f
    .oneOf(["development", "production"])
    .default("development")
    .describe("development generates missing secrets and deploys PostgreSQL"),
  version: f.text
    // It is a label's value too.
    .max(63, { error: A_VERSION })
    .regex(/^\d+\.\d+\.\d+(-([0-9A-Za-z.-]*[0-9A-Za-z]))?$/, { error: A_VERSION })
    .default(chart.appVersion)
    .describe("Version of the application: in the images' tags and the pods' labels"),
  context: f.text.default("minikube").describe("Context of the kubeconfig"),
  kubeconfig: z
    .string("a path")
    .default("")
    .describe("Path of the kubeconfig; empty: $KUBECONFIG, else ~/.kube/config"),
  allowedContexts: z
    .array(f.text, "a list of context names")
    .default([])
    .describe("Contexts that may be deployed to although they aren't on this machine"),
  namespace: f.namespaceName.default("todo-app").describe("Namespace of all objects"),
  namespaceCreate: f.flag
    .default(true)
    .describe("Whether the program creates the namespace; false: it exists, and stays at destroy"),
  workloads: f
    .oneOf(["pulumi", "chart"])
    .default("pulumi")
    .describe("Owner of the Deployments and Services: this program, or the Helm release"),
  labels: f.labels
    .refine((labels) => "app" in labels, { error: "a label app: policies and selectors go by it" })
    .check(({ value, issues }) => {
      for (const key of Object.keys(value).filter((name) => OWN_LABELS.test(name))) {
        const message = "nothing here: each object gets this label by itself";
        issues.push({ code: "custom", input: value[key], path: [key], message });
      }
    })
    .default(chartDefaults.labels)
    .describe("Labels of every object"),
};
