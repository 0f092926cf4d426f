// Asks Kubernetes' own evaluator whether pods keep the Pod Security standard 'restricted'.
//
// Standard input is a JSON list of {"name": ..., "template": a PodTemplateSpec}; an unknown field is an error.
// Each pod that doesn't keep the standard gets a line on standard output, and the exit code is then 1.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
)

type pod struct {
	Name     string                 `json:"name"`
	Template corev1.PodTemplateSpec `json:"template"`
}

func main() {
	var pods []pod
	decoder := json.NewDecoder(os.Stdin)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&pods); err != nil {
		fail(fmt.Errorf("reading the pods: %w", err))
	}
	evaluator, err := policy.NewEvaluator(policy.DefaultChecks())
	if err != nil {
		fail(err)
	}
	standard := api.LevelVersion{Level: api.LevelRestricted, Version: api.LatestVersion()}
	code := 0
	for _, one := range pods {
		results := evaluator.EvaluatePod(standard, &one.Template.ObjectMeta, &one.Template.Spec)
		if all := policy.AggregateCheckResults(results); !all.Allowed {
			fmt.Printf("%s: %s\n", one.Name, all.ForbiddenDetail())
			code = 1
		}
	}
	os.Exit(code)
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(2)
}
