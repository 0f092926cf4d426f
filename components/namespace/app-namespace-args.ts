import { chartDefaults, objectLabels, type Settings } from "../../settings";
import type { AppNamespaceArgs } from "./app-namespace";

/** Returns the arguments of the Namespace that the settings describe. */
export function appNamespaceArgs(settings: Settings): AppNamespaceArgs {
  return {
    namespaceName: settings.namespace,
    create: settings.namespaceCreate,
    labels: objectLabels(settings),
    podSecurity: chartDefaults.namespace.podSecurity,
  };
}
