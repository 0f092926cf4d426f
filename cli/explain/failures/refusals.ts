import { settingsFileName } from "../../stack/stack-name";
import type { KnownFailure } from "./failure";

/** Chart values that switch on objects of kinds that a cluster may lack. */
const switches: Readonly<Record<string, string>> = {
  ServiceMonitor: "monitoring.serviceMonitor.enabled",
  PrometheusRule: "monitoring.rules.enabled",
};

/** Text: the API's list of kinds (apimachinery pkg/api/meta), through helm and Pulumi's kubernetes plugin. */
export const kindMissing: KnownFailure = {
  pattern: /no matches for kind "([^"]+)" in version "([^"]+)"/,
  explain: ([, kind = "", version = ""]) => {
    const value = switches[kind];
    return {
      cause: `The cluster has no kind ${kind} (${version}).`,
      hint:
        value === undefined
          ? "Install what brings its custom resource definition, or take the object out of chart.values. Then run this again."
          : `Install the Prometheus operator, which brings it, or switch off chart.values.${value}. Then run this again.`,
    };
  },
};

/** Text: the API server on a namespace or object with a deletion timestamp (apiserver). */
export const beingDeleted: KnownFailure = {
  pattern: /because it is being terminated|object is being deleted/,
  explain: (_, { namespace, target }) => ({
    cause: `The namespace ${namespace}, or an object in it, is being deleted, so that nothing can be created there.`,
    hint:
      `Wait until it is gone and run this again. If it stays, \`${target.kubectl(`get namespace ${namespace} -o yaml`)}\` ` +
      "names in its conditions what is left, and the finalizers that hold it.",
  }),
};

/** Text: the API server's call of admission webhooks (apiserver pkg/admission/plugin/webhook). */
export const webhookRefuses: KnownFailure = {
  pattern: /admission webhook "([^"]+)" denied the request/,
  explain: ([, webhook = ""], { target }) => ({
    cause: `The cluster's admission webhook "${webhook}" refuses an object.`,
    hint:
      "Its reason is in the message above: change the settings or chart.values so that the object meets it, or ask for an exception. " +
      `\`${target.kubectl("get validatingwebhookconfigurations,mutatingwebhookconfigurations")}\` lists the webhooks.`,
  }),
};

/** Text: the API server, where a webhook can't be called (apiserver pkg/admission/plugin/webhook). */
export const webhookNotAnswering: KnownFailure = {
  pattern: /failed calling webhook "([^"]+)"/,
  explain: ([, webhook = ""], { target }) => ({
    cause: `The cluster's admission webhook "${webhook}" doesn't answer, so that the API server refuses objects.`,
    hint:
      `Its message names the Service: see with \`${target.kubectl("get pods -A")}\` whether its pods run, then run this again. ` +
      `What is left of an uninstalled one: \`${target.kubectl("get validatingwebhookconfigurations,mutatingwebhookconfigurations")}\`.`,
  }),
};

/** Text: the API server's own policies (apiserver pkg/admission/plugin/policy/validating). */
export const policyRefuses: KnownFailure = {
  pattern: /ValidatingAdmissionPolicy '([^']+)' with binding '[^']+' denied request/,
  explain: ([, policy = ""], { target }) => ({
    cause: `The cluster's ValidatingAdmissionPolicy "${policy}" refuses an object.`,
    hint: `Its reason is in the message above; \`${target.kubectl(`get validatingadmissionpolicies ${policy} -o yaml`)}\` shows what it demands.`,
  }),
};

/** Text: Kubernetes' admission of Pod Security (k8s.io/pod-security-admission). */
export const podSecurityViolated: KnownFailure = {
  pattern: /violates PodSecurity "([^"]+)"/,
  explain: ([, level = ""]) => ({
    cause: `A pod doesn't meet the namespace's Pod Security level, ${level}.`,
    hint: "What it violates stands in the message above; change the chart's values or the settings that add it.",
  }),
};

/** Text: Kubernetes' admission of LimitRanges (plugin/pkg/admission/limitranger). */
export const outsideLimitRange: KnownFailure = {
  pattern:
    /is forbidden: \[?((?:(?:maximum|minimum) \S+ usage per|\S+ max limit to request ratio per)[^\]\n]*)/,
  explain: ([, limits = ""], { namespace, stack, target }) => ({
    cause: `The LimitRange of namespace ${namespace} doesn't allow a pod: ${limits.replace(/[\s.]+$/, "")}.`,
    hint:
      `\`${target.kubectl(`-n ${namespace} get limitranges -o yaml`)}\` shows the limits. Change them, or the resources of that container ` +
      `in ${settingsFileName(stack)} (backend.resources, frontend.resources, postgres.resources, chart.values.migration.resources).`,
  }),
};

/** Text: the API server's admission of ResourceQuotas (apiserver pkg/admission/plugin/resourcequota). */
export const quotaExceeded: KnownFailure = {
  pattern: /exceeded quota: ([^,\s]+)/,
  explain: ([, quota = ""], { namespace, target }) => ({
    cause: `The namespace's ResourceQuota ${quota} allows no more.`,
    hint: `\`${target.kubectl(`-n ${namespace} describe resourcequota ${quota}`)}\` shows what is used. Raise the quota, or lower replicas and requests.`,
  }),
};

/** Text: the same, on a pod without the requests or limits that a quota counts. */
export const quotaDemands: KnownFailure = {
  pattern: /failed quota: ([^:\s]+): must specify ([^\n"]+)/,
  explain: ([, quota = "", what = ""], { stack }) => ({
    cause: `The namespace's ResourceQuota ${quota} demands a value: ${what.trim()}.`,
    hint: `Set requests and limits of that container in ${settingsFileName(stack)}, or create a LimitRange with defaults in the namespace.`,
  }),
};

/** Text: the API server's authorization (apiserver pkg/endpoints/handlers/responsewriters). */
export const notAllowed: KnownFailure = {
  pattern:
    /User "([^"]+)" cannot (\w+) resource "([^"]+)" in API group "([^"]*)"(?: in the namespace "([^"]+)")?/,
  explain: ([, user = "", verb = "", resource = "", group = "", namespace], { target }) => {
    const kind = group === "" ? resource : `${resource}.${group}`;
    const where = namespace === undefined ? "in the cluster" : `in namespace ${namespace}`;
    const flag = namespace === undefined || resource === "namespaces" ? "" : ` -n ${namespace}`;
    return {
      cause: `User "${user}" may not ${verb} ${kind} ${where}.`,
      hint:
        `\`${target.kubectl(`auth can-i ${verb} ${kind}${flag}`)}\` asks again. The cluster's administrator grants it by a Role or ClusterRole; ` +
        "or set a context or kubeconfig of a user who may.",
    };
  },
};

/** Text: server-side apply (apimachinery pkg/util/managedfields), and what Pulumi's kubernetes plugin puts before it. */
export const fieldConflict: KnownFailure = {
  pattern: /conflicts? with "([^"]+)"[^:\n]*:(?: (\.\S+))?/,
  explain: ([, manager = "", field], { namespace, target }) => ({
    cause: `"${manager}" has changed fields that the program sets${field === undefined ? "" : `: ${field}`}.`,
    hint:
      "Take the change back by the same program, or take the field over by the annotation pulumi.com/patchForce. " +
      `\`${target.kubectl(`-n ${namespace} get <object> -o yaml --show-managed-fields`)}\` shows in managedFields who has set what.`,
  }),
};

/** Text: the API server's allocator of NodePorts (pkg/registry/core/service/portallocator). */
export const nodePortTaken: KnownFailure = {
  pattern: /nodePort: Invalid value: (\d+): provided port is already allocated/,
  explain: ([, port = ""], { stack, target }) => ({
    cause: `Another Service of the cluster has NodePort ${port}.`,
    hint:
      `\`${target.kubectl("get services -A")}\` shows which. Delete it, or take another port: ` +
      `\`npm run pulumi -- config set --path frontend.service.nodePort 30081 --stack ${stack}\`.`,
  }),
};

/** Text: the API server's validation (NewInvalid in k8s.io/apimachinery). */
export const objectInvalid: KnownFailure = {
  pattern: /([A-Z]\w+(?:\.[\w.]+)? "[^"]+") is invalid: ([^\n]+)/,
  explain: ([, object = "", reason = ""], { stack }) => ({
    cause: `${object} isn't valid: ${reason.trim()}`,
    hint: `Correct the setting or the value of chart.values in ${settingsFileName(stack)} that it comes from.`,
  }),
};
