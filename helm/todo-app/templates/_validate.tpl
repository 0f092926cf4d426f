{{/*
Checks that the schema can't do, because they compare values with each other. All that is wrong comes
in one message: the key, what was found, what to do.
*/}}
{{- define "todo-app.validate" -}}
{{- $problems := concat
      (include "todo-app.workloadProblems" . | fromYamlArray)
      (include "todo-app.selectorProblems" . | fromYamlArray)
      (include "todo-app.envProblems" . | fromYamlArray)
      (include "todo-app.secretProblems" . | fromYamlArray)
      (include "todo-app.databaseProblems" . | fromYamlArray)
      (include "todo-app.policyProblems" . | fromYamlArray)
      (include "todo-app.clusterProblems" . | fromYamlArray) }}
{{- with $problems }}
{{- fail (printf "\n\nThe values of %s don't fit together:\n  - %s\n" $.Chart.Name (join "\n  - " .)) }}
{{- /* `helm lint` prints that and goes on. What follows isn't YAML, so that it fails there too. */}}
{ see above what doesn't fit together
{{- end }}
{{- end }}

{{/* Numbers, names and images of backend and frontend. */}}
{{- define "todo-app.workloadProblems" -}}
{{- $problems := list }}
{{- $rollout := .Values.rollout }}
{{- range $side := tuple "backend" "frontend" }}
{{- $workload := get $.Values $side }}
{{- $scaling := $workload.autoscaling }}
{{- if ge (int $workload.preStopSeconds) (int $workload.terminationGracePeriodSeconds) }}
{{- $problems = append $problems (printf "%s.preStopSeconds is %v, but the pod is killed after %v seconds, before it could finish its requests: raise %s.terminationGracePeriodSeconds" $side $workload.preStopSeconds $workload.terminationGracePeriodSeconds $side) }}
{{- end }}
{{- if gt (int $scaling.minReplicas) (int $scaling.maxReplicas) }}
{{- $problems = append $problems (printf "%s.autoscaling.minReplicas is %v, above %s.autoscaling.maxReplicas, which is %v: swap or correct them" $side $scaling.minReplicas $side $scaling.maxReplicas) }}
{{- end }}
{{- end }}
{{- if and (eq (toString $rollout.maxSurge | trimSuffix "%") "0") (eq (toString $rollout.maxUnavailable | trimSuffix "%") "0") }}
{{- $problems = append $problems "rollout.maxSurge and rollout.maxUnavailable are both 0, so that no pod could ever be replaced: raise one of them" }}
{{- end }}
{{- $backend := .Values.backend }}
{{- $frontend := .Values.frontend }}
{{- if eq $backend.name $frontend.name }}
{{- $problems = append $problems (printf "backend.name and frontend.name are both %q: two Deployments need two names" $backend.name) }}
{{- end }}
{{- if eq (include "todo-app.serviceName" $backend) (include "todo-app.serviceName" $frontend) }}
{{- $problems = append $problems (printf "the Services of backend and frontend are both called %q: set backend.service.name or frontend.service.name" (include "todo-app.serviceName" $backend)) }}
{{- end }}
{{- if and $backend.service.nodePort (eq (toString $backend.service.nodePort) (toString $frontend.service.nodePort)) (ne $backend.service.type "ClusterIP") (ne $frontend.service.type "ClusterIP") }}
{{- $problems = append $problems (printf "backend.service.nodePort and frontend.service.nodePort are both %v: a port of the node leads to one Service" $backend.service.nodePort) }}
{{- end }}
{{- if ge (int .Values.tests.timeoutSeconds) (int .Values.tests.activeDeadlineSeconds) }}
{{- $problems = append $problems (printf "tests.timeoutSeconds is %v, but the pod is ended after %v seconds, before it could say why it failed: raise tests.activeDeadlineSeconds" .Values.tests.timeoutSeconds .Values.tests.activeDeadlineSeconds) }}
{{- end }}
{{- range $side := tuple "backend" "frontend" }}
{{- $image := (get $.Values $side).image }}
{{- if not (or $image.tag $image.digest) }}
{{- $problems = append $problems (printf "%s.image has neither a tag nor a digest: set one of them" $side) }}
{{- end }}
{{- if eq $image.tag "latest" }}
{{- $problems = append $problems (printf "%s.image.tag is latest: name a version, because a tag that stays the same never rolls out" $side) }}
{{- end }}
{{- end }}
{{- toYaml $problems }}
{{- end }}

{{/*
Labels: the chart's own stay its own. And a selector that also finds other pods would mix them into a
Service, a Deployment or a policy. So each is tried on the labels of all other roles.
*/}}
{{- define "todo-app.selectorProblems" -}}
{{- $problems := list }}
{{- range $key := keys .Values.labels | sortAlpha }}
{{- if or (has $key (tuple "component" "version" "helm.sh/chart")) (hasPrefix "app.kubernetes.io/" $key) }}
{{- $problems = append $problems (printf "labels.%s: the chart sets this label itself, for each object: leave it out" $key) }}
{{- end }}
{{- end }}
{{- $labels := dict "database" (include "todo-app.databaseSelector" . | fromYaml) }}
{{- range tuple "migration" "test" }}
{{- $_ := set $labels . (include "todo-app.podLabels" (dict "root" $ "component" .) | fromYaml) }}
{{- end }}
{{- range $side := tuple "backend" "frontend" }}
{{- $workload := get $.Values $side }}
{{- $selector := include "todo-app.workloadSelector" (dict "root" $ "workload" $workload) | fromYaml }}
{{- $_ := set $labels $side (include "todo-app.podLabels" (dict "root" $ "component" $workload.component "selector" $selector) | fromYaml) }}
{{- end }}
{{- range $side := tuple "backend" "frontend" }}
{{- $selector := include "todo-app.workloadSelector" (dict "root" $ "workload" (get $.Values $side)) | fromYaml }}
{{- range $role, $found := omit $labels $side }}
{{- if eq (toJson (mergeOverwrite (deepCopy $found) $selector)) (toJson $found) }}
{{- $problems = append $problems (printf "the selector of %s, %s, also finds the pods of %s: give it other labels by %s.selectorLabels or %s.component" $side (toJson $selector) $role $side $side) }}
{{- end }}
{{- end }}
{{- end }}
{{- toYaml $problems }}
{{- end }}

{{/* Each variable comes from one place, and each secret one has a key. */}}
{{- define "todo-app.envProblems" -}}
{{- $problems := list }}
{{- range $side := tuple "backend" "frontend" "migration" }}
{{- $values := get $.Values $side }}
{{- $own := tuple "PORT" "VERSION" }}
{{- range $name := $values.secretEnv }}
{{- if not (hasKey $.Values.secret.keys $name) }}
{{- $problems = append $problems (printf "%s.secretEnv names %s, which secret.keys doesn't have: add secret.keys.%s, with the key of the Secret" $side $name $name) }}
{{- end }}
{{- end }}
{{- range $name := keys $values.env | sortAlpha }}
{{- if has $name $own }}
{{- $problems = append $problems (printf "%s.env.%s: the chart sets this variable itself, from `port` or `version`" $side $name) }}
{{- else if has $name $values.secretEnv }}
{{- $problems = append $problems (printf "%s.env.%s: the variable is in %s.secretEnv too: leave one of them out" $side $name $side) }}
{{- end }}
{{- end }}
{{- end }}
{{- range $name := .Values.secret.optional }}
{{- if not (hasKey $.Values.secret.keys $name) }}
{{- $problems = append $problems (printf "secret.optional names %s, which secret.keys doesn't have" $name) }}
{{- end }}
{{- end }}
{{- toYaml $problems }}
{{- end }}

{{/* A Secret of the chart's own holds what its pods need; an existing one isn't told what it should hold. */}}
{{- define "todo-app.secretProblems" -}}
{{- $problems := list }}
{{- $secret := .Values.secret }}
{{- $given := concat (keys $secret.values) $secret.generate }}
{{- range $name := $given | uniq | sortAlpha }}
{{- if not (hasKey $secret.keys $name) }}
{{- $problems = append $problems (printf "secret.values or secret.generate has %s, which secret.keys doesn't have: add secret.keys.%s, with the key of the Secret" $name $name) }}
{{- end }}
{{- end }}
{{- range $name := $secret.generate }}
{{- if hasKey $secret.values $name }}
{{- $problems = append $problems (printf "secret.generate names %s, which secret.values has already: leave one of them out" $name) }}
{{- end }}
{{- end }}
{{- if $secret.existingSecret }}
{{- if $given }}
{{- $problems = append $problems (printf "secret.existingSecret is %q, so that secret.values and secret.generate would go nowhere: empty them, or existingSecret" $secret.existingSecret) }}
{{- end }}
{{- else }}
{{- $there := ternary (append $given "DATABASE_URL") $given (and .Values.postgres.enabled (not .Values.postgres.existingSecret)) }}
{{- range $name := concat .Values.backend.secretEnv .Values.frontend.secretEnv .Values.migration.secretEnv | uniq | sortAlpha }}
{{- if not (or (has $name $there) (has $name $secret.optional)) }}
{{- $problems = append $problems (printf "the Secret lacks %s: name an existing Secret in secret.existingSecret, or set secret.values.%s" $name $name) }}
{{- end }}
{{- end }}
{{- end }}
{{- toYaml $problems }}
{{- end }}

{{/* PostgreSQL in the release, and who can reach it. */}}
{{- define "todo-app.databaseProblems" -}}
{{- $problems := list }}
{{- $postgres := .Values.postgres }}
{{- $policy := .Values.networkPolicy }}
{{- $namespace := .Values.namespace }}
{{- if $postgres.enabled }}
{{- if and .Values.secret.existingSecret (not $postgres.existingSecret) }}
{{- $problems = append $problems (printf "postgres.enabled makes a database with a password of its own, which the existing Secret %q can't know: empty secret.existingSecret, or name the password's Secret in postgres.existingSecret" .Values.secret.existingSecret) }}
{{- end }}
{{- if and $policy.enabled (not $policy.database.inCluster) }}
{{- $problems = append $problems "postgres.enabled makes a database in the cluster, but networkPolicy.database.inCluster is false: set it to true" }}
{{- end }}
{{- range $side := tuple "backend" "frontend" }}
{{- if eq $postgres.name (include "todo-app.serviceName" (get $.Values $side)) }}
{{- $problems = append $problems (printf "postgres.name is %q, which is the Service of %s too: give it another" $postgres.name $side) }}
{{- end }}
{{- end }}
{{- else if and $namespace.create .Values.migration.enabled (ne (include "todo-app.namespace" .) .Release.Namespace) }}
{{- $problems = append $problems (printf "namespace.create is true, but the migration runs before the release makes anything: make namespace %q first and install into it, or set postgres.enabled" $namespace.name) }}
{{- end }}
{{- toYaml $problems }}
{{- end }}

{{/* Every path that a policy opens leads somewhere. */}}
{{- define "todo-app.policyProblems" -}}
{{- $problems := list }}
{{- $policy := .Values.networkPolicy }}
{{- if $policy.enabled }}
{{- if and (not $policy.database.inCluster) (not $policy.database.cidrs) }}
{{- $problems = append $problems "networkPolicy.database.inCluster is false and networkPolicy.database.cidrs is empty, so that nothing could reach the database: name its addresses, or 0.0.0.0/0 where they aren't fixed" }}
{{- end }}
{{- range $args := tuple
      (tuple "ingressCidrs" $policy.ingressCidrs "ingressExceptCidrs" $policy.ingressExceptCidrs)
      (tuple "database.cidrs" $policy.database.cidrs "database.exceptCidrs" $policy.database.exceptCidrs)
      (tuple "backendEgress.cidrs" $policy.backendEgress.cidrs "backendEgress.exceptCidrs" $policy.backendEgress.exceptCidrs) }}
{{- range $cidr := index $args 1 }}
{{- range $except := index $args 3 }}
{{- if include "todo-app.cidrWithin" (dict "inner" $cidr "outer" $except) }}
{{- $problems = append $problems (printf "networkPolicy.%s has %s, of which %s in networkPolicy.%s leaves nothing: take one of them out" (index $args 0) $cidr $except (index $args 2)) }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- toYaml $problems }}
{{- end }}

{{/*
The pause before the stop signal (preStop.sleep) is on by default from Kubernetes 1.30. This isn't
`kubeVersion` in Chart.yaml, because a Helm built from source takes a cluster that it can't ask for
v1.20.0, and then no template could be rendered.
*/}}
{{- define "todo-app.clusterProblems" -}}
{{- $version := .Capabilities.KubeVersion.Version }}
{{- if and (semverCompare "<1.30.0-0" $version) (ne $version "v1.20.0") }}
{{- tuple (printf "the cluster runs Kubernetes %s, and the chart needs 1.30 or newer" $version) | toYaml }}
{{- else }}
{{- list | toYaml }}
{{- end }}
{{- end }}
