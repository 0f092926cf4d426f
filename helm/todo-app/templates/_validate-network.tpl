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
{{- else if and $namespace.create .Values.migration.enabled (ne (include "todo-app.namespace" .) .Release.Namespace) (include "todo-app.namespaceMissing" .) }}
{{- $problems = append $problems (printf "namespace.create is true, but the migration runs before the release makes anything: make namespace %q first and install into it, or set postgres.enabled" $namespace.name) }}
{{- end }}
{{- toYaml $problems }}
{{- end }}

{{/* Every path that a policy or the Ingress opens leads somewhere. */}}
{{- define "todo-app.policyProblems" -}}
{{- $problems := list }}
{{- $config := .Values.configMap }}
{{- if and .Values.ingress.enabled (hasPrefix "*." .Values.ingress.host) (not $config.existingConfigMap) (not $config.data.BETTER_AUTH_URL) }}
{{- $problems = append $problems (printf "ingress.host is %s, which is no address of its own: set configMap.data.BETTER_AUTH_URL to the one that a browser opens" .Values.ingress.host) }}
{{- end }}
{{- with $config.data.BETTER_AUTH_URL }}
{{- if and $.Values.ingress.enabled $.Values.ingress.tls.enabled (not $config.existingConfigMap) (not (hasPrefix "*." $.Values.ingress.host)) }}
{{- $address := printf "https://%s" $.Values.ingress.host }}
{{- $known := regexReplaceAll `\s*,\s*` (printf "%s,%s" . ($config.data.FRONTEND_URL | default "")) "," }}
{{- if not (regexMatch (printf `(^|,)%s(:443)?(/[^,]*)?(,|$)` (regexQuoteMeta $address)) $known) }}
{{- $problems = append $problems (printf "configMap.data.BETTER_AUTH_URL is %q, but the Ingress serves the page at %s, and the backend refuses changes from an origin that it doesn't know: add it, with a comma" . $address) }}
{{- end }}
{{- end }}
{{- end }}
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
