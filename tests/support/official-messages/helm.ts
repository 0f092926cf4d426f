import type { OfficialMessage } from "./official-message";

/**
 * Helm's own words, and those of pulumi-kubernetes around them (provider/pkg/provider/helm_release.go). The
 * provider adds "failed to become available within allocated timeout" to every failure of a release.
 */
export const helmMessages: readonly OfficialMessage[] = [
  {
    what: "a release that was uninstalled by hand, at a destroy",
    text: "error: uninstall: Release not loaded: todo-app: release: not found",
    source: "helm 3.20 pkg/action/uninstall.go",
    cause: /The Helm release "todo-app" is in the stack's state, but not in the cluster/,
    hint: /`npm run destroy -- --stack dev` .*by hand: `pulumi destroy --refresh --stack dev`/,
  },
  {
    what: "a release that was uninstalled while it was being destroyed",
    text: "error: uninstallation completed with 1 error(s): uninstall: Failed to purge the release: release: not found",
    source: "helm 3.20 pkg/action/uninstall.go, pulumi-kubernetes issue 2817",
    cause: /The Helm release "todo-app" is in the stack's state, but not in the cluster/,
    hint: /`npm run destroy -- --stack dev` .*by hand: `pulumi destroy --refresh --stack dev`/,
  },
  {
    what: "a release that was uninstalled by hand, at an update",
    text: 'error: "todo-app" has no deployed releases',
    source: "helm 3.20 pkg/storage/driver/driver.go",
    cause: /The Helm release "todo-app" is in the stack's state, but not in the cluster/,
    hint: /--refresh/,
  },
  {
    what: "a release without a successful revision",
    text: 'error: error running update: failed to become available within allocated timeout. Error: Helm Release todo-app/todo-app: "todo-app" has no deployed releases',
    source: "pulumi-kubernetes provider/pkg/provider/helm_release.go",
    cause: /The Helm release "todo-app"/,
    hint: /--refresh/,
  },
  {
    what: "a release that is there already",
    text: "error: cannot re-use a name that is still in use",
    source: "helm 3.20 pkg/action/install.go, pulumi-kubernetes issue 2116",
    cause: /release "todo-app" is there already/,
    hint: /helm --kube-context minikube -n todo-app uninstall todo-app/,
  },
  {
    what: "a release that is there already, as the command helm says it",
    text: "helm install failed: Error: INSTALLATION FAILED: cannot re-use a name that is still in use",
    source: "helm 3.20 cmd/helm/install.go",
    cause: /release "todo-app" is there already/,
    hint: /uninstall todo-app/,
  },
  {
    what: "a release that an interrupted run left pending",
    text: "error: another operation (install/upgrade/rollback) is in progress",
    source: "helm 3.20 pkg/action/action.go",
    cause: /left the Helm release "todo-app" pending/,
    hint: /rollback todo-app/,
  },
  {
    what: "a kind that the cluster doesn't have",
    text: [
      'error: unable to build kubernetes objects from release manifest: resource mapping not found for name: "todo-backend" namespace: "todo-app" from "": no matches for kind "ServiceMonitor" in version "monitoring.coreos.com/v1"',
      "ensure CRDs are installed first",
    ].join("\n"),
    source: "helm 3.20 pkg/action/install.go, redhat-cop/vault-config-operator issue 221",
    cause: /no kind ServiceMonitor \(monitoring\.coreos\.com\/v1\)/,
    hint: /monitoring\.serviceMonitor\.enabled/,
  },
  {
    what: "a kind that the cluster doesn't have, at an upgrade",
    text: [
      'error: error running update: failed to become available within allocated timeout. Error: Helm Release todo-app/todo-app: unable to build kubernetes objects from new release manifest: [resource mapping not found for name: "todo-app" namespace: "todo-app" from "": no matches for kind "PrometheusRule" in version "monitoring.coreos.com/v1"',
      "ensure CRDs are installed first]",
    ].join("\n"),
    source: "helm 3.20 pkg/action/upgrade.go",
    cause: /no kind PrometheusRule/,
    hint: /monitoring\.rules\.enabled/,
  },
  {
    what: "a kind that the cluster doesn't have, as older clients say it",
    text: 'Error: unable to build kubernetes objects from release manifest: unable to recognize "": no matches for kind "ServiceMonitor" in version "monitoring.coreos.com/v1"',
    source: "helm issue 8215",
    cause: /no kind ServiceMonitor/,
    hint: /Prometheus operator/,
  },
  {
    what: "a kind of Pulumi's own resources that the cluster doesn't have",
    text: 'error: creation of resource "urn:pulumi:dev::todo-chatbot::kubernetes:cert-manager.io/v1:Certificate::tls" with kind cert-manager.io/v1/Certificate failed because the Kubernetes API server reported that the apiVersion for this resource does not exist. Verify that any required CRDs have been created: no matches for kind "Certificate" in version "cert-manager.io/v1"',
    source: "pulumi-kubernetes provider/pkg/provider/provider.go",
    cause: /no kind Certificate \(cert-manager\.io\/v1\)/,
    hint: /custom resource definition/,
  },
  {
    what: "an object of another owner",
    text: 'error: Unable to continue with install: Service "todo-backend" in namespace "todo-app" exists and cannot be imported into the current release: invalid ownership metadata; label validation error: key "app.kubernetes.io/managed-by" must equal "Helm": current value is "pulumi"; annotation validation error: missing key "meta.helm.sh/release-name": must be set to "todo-app"',
    source: "helm 3.20 pkg/action/validate.go",
    cause: /made by someone else/,
    hint: /npm run destroy -- --stack dev/,
  },
  {
    what: "a failed migration at the first install",
    text: "error: release todo-app failed, and has been uninstalled due to atomic being set: failed pre-install: 1 error occurred:\n\t* job todo-backend-migration failed: BackoffLimitExceeded\n\n",
    source: "helm 3.20 pkg/action/install.go, pkg/kube/client.go",
    cause: /database migration failed/,
    hint: /component=migration/,
  },
  {
    what: "a failed migration at an upgrade",
    text: 'error: Helm release "todo-app/todo-app" failed to initialize completely. Use Helm CLI to investigate: error running update: failed to become available within allocated timeout. Error: Helm Release todo-app/todo-app: release todo-app failed, and has been rolled back due to atomic being set: pre-upgrade hooks failed: 1 error occurred:\n\t* job todo-backend-migration failed: DeadlineExceeded\n\n',
    source: "helm 3.20 pkg/action/upgrade.go, pulumi-kubernetes helm_release.go",
    cause: /database migration failed/,
    hint: /component=migration/,
  },
  {
    what: "a migration that doesn't end",
    text: "error: release todo-app failed, and has been uninstalled due to atomic being set: failed pre-install: 1 error occurred:\n\t* timed out waiting for the condition\n\n",
    source: "helm issue 6182",
    cause: /database migration failed/,
    hint: /component=migration/,
  },
  {
    what: "a release that isn't ready in time",
    text: [
      'warning: Helm release "todo-app" was created but has a failed status. Use the `helm` command to investigate the error, correct it, then retry. Reason: timed out waiting for the condition',
      'error: Helm release "todo-app/todo-app" was created, but failed to initialize completely. Use Helm CLI to investigate: failed to become available within allocated timeout. Error: Helm Release todo-app/todo-app: timed out waiting for the condition',
    ].join("\n"),
    source: "pulumi-kubernetes issue 2921, provider/pkg/provider/helm_release.go",
    cause: /didn't get ready in time/,
    hint: /npm run doctor/,
  },
  {
    what: "a release that isn't ready in time, as Go says it",
    text: 'error: Helm release "todo-app/todo-app" failed to initialize completely. Use Helm CLI to investigate: error running update: failed to become available within allocated timeout. Error: Helm Release todo-app/todo-app: release todo-app failed, and has been rolled back due to atomic being set: context deadline exceeded',
    source: "pulumi-kubernetes issue 4389",
    cause: /didn't get ready in time/,
    hint: /npm run doctor/,
  },
];
