import assert from "node:assert/strict";
import type { Registered } from "../../../cli/preview/registered-resource";
import { DESTROY_VARIABLE } from "../../../lib/pulumi/destroying";
import { isSecret, visible } from "../../../lib/pulumi/values";
import { assertOutputs } from "../../support/component";
import type { Resources } from "../../support/deploy";
import { fakeSecrets } from "../../support/fixtures";
import { Machine } from "../../support/machine";
import { outputsOf, run, scenarios, title } from "../../support/scenarios";

/** In every scenario, by component: `type name`. */
const always = [
  "todo-chatbot:cluster:Cluster cluster",
  "pulumi-nodejs:dynamic/cluster:Identity cluster-identity",
  "pulumi:providers:kubernetes cluster-kubernetes",
  "pulumi:providers:docker cluster-docker",
  "todo-chatbot:app:Namespace app",
  "kubernetes:core/v1:Namespace app-namespace",
  "todo-chatbot:app:SecretValues secrets",
  "todo-chatbot:app:Secret secret",
  "kubernetes:core/v1:Secret todo-secrets",
  "todo-chatbot:app:ConfigMap config",
  "kubernetes:core/v1:ConfigMap todo-config",
  ...["backend", "frontend"].flatMap((name) => [
    `todo-chatbot:image:AppImage ${name}`,
    `pulumi-nodejs:dynamic:Resource ${name}-presence`,
    `docker:index/image:Image ${name}-image`,
  ]),
  "todo-chatbot:chart:Release chart",
  "kubernetes:helm.sh/v3:Release chart-release",
];

/** In development alone: what is generated, and the database. */
const development = [
  "todo-chatbot:database:Postgres postgres",
  "random:index/randomPassword:RandomPassword postgres-password",
  "pulumi-nodejs:dynamic:Resource postgres-data",
  "kubernetes:core/v1:PersistentVolumeClaimPatch postgres-claim",
  "kubernetes:core/v1:Secret todo-postgres",
  "kubernetes:core/v1:Service postgres-service",
  "kubernetes:apps/v1:StatefulSet postgres-statefulset",
  "random:index/randomPassword:RandomPassword secrets-better-auth",
  "random:index/randomPassword:RandomPassword secrets-jwt",
];

/** Where the chart doesn't own them. */
const webServices = ["backend", "frontend"].flatMap((name) => [
  `todo-chatbot:app:WebService ${name}`,
  `kubernetes:apps/v1:Deployment ${name}-deployment`,
  `kubernetes:core/v1:Service ${name}-service`,
]);

/** Whether a resource comes before another. */
function precedes(first: Registered, second: Registered, all: readonly Registered[]): boolean {
  return all.indexOf(first) < all.indexOf(second);
}

describe("program: resources and outputs", () => {
  let machine: Machine;
  before(() => {
    machine = new Machine();
    machine.setProfile("minikube", { ports: ["127.0.0.1:30080:30080", "30090:30090"] });
  });
  after(() => {
    machine.remove();
  });

  for (const scenario of scenarios) {
    describe(title(scenario), () => {
      let program: Record<string, unknown>;
      let resources: Resources;
      before(async () => ({ value: program, resources } = await run(scenario)));

      it("are these, and no others", () => {
        const expected = [
          ...always,
          ...(scenario.stack === "dev" ? development : []),
          ...(scenario.workloads === "pulumi" ? webServices : []),
        ];
        assert.deepEqual([...resources.list].sort(), expected.sort());
      });

      it("belong to a component each, whose outputs are registered", () => {
        for (const resource of resources.all) {
          if (resource.custom) assert.notEqual(resource.parent, "", resource.name);
          else assertOutputs(resource);
        }
      });

      it("have the cluster's providers, never one that the machine's environment gives", () => {
        for (const { type, name, provider } of resources.all) {
          if (type.startsWith("kubernetes:"))
            assert.match(provider, /::cluster-kubernetes::/, name);
          if (type.startsWith("docker:")) assert.match(provider, /::cluster-docker::/, name);
        }
      });

      it("come in an order in which nothing waits for what follows", () => {
        const dependsOn = (name: string, ...others: string[]) => {
          const of = resources.all.find((resource) => resource.custom && resource.name === name);
          for (const other of others) {
            const found = resources.all.find((one) => one.custom && one.name === other);
            assert.ok(of?.dependencies.includes(found?.urn ?? "?"), `${name} waits for ${other}`);
          }
        };
        const database = scenario.stack === "dev" ? ["postgres-statefulset"] : [];
        dependsOn("todo-secrets", "app-namespace", ...database);
        dependsOn("todo-config", "app-namespace");
        // The migration in the release needs the Secret, and with it the database, and the image.
        dependsOn(
          "chart-release",
          "todo-secrets",
          "todo-config",
          "backend-image",
          "frontend-image",
        );
        dependsOn("backend-image", "backend-presence");
        if (scenario.workloads === "pulumi") {
          dependsOn("backend-deployment", "backend-image", "todo-secrets", "todo-config");
          dependsOn("frontend-deployment", "frontend-image", "todo-config");
        }
      });

      it("are destroyed so that the release needs no helm, and the images go last", () => {
        const namespace = resources.one("kubernetes:core/v1:Namespace");
        assert.equal(resources.one("kubernetes:helm.sh/v3:Release").deletedWith, namespace.urn);
        const component = resources.all.find(({ urn }) => urn === namespace.parent);
        for (const name of ["backend-presence", "frontend-presence"]) {
          const presence = resources.all.find((one) => one.custom && one.name === name);
          // The component's dependency: Pulumi deletes a component after its children.
          assert.ok(component?.dependencies.includes(presence?.urn ?? "?"), name);
        }
      });

      it("bring no pod of a new version before the release has migrated", () => {
        const release = resources.one("kubernetes:helm.sh/v3:Release");
        for (const component of resources.ofType("todo-chatbot:app:WebService")) {
          assert.deepEqual(component.dependencies, [release.urn]);
          for (const child of resources.childrenOf(component)) {
            assert.ok(precedes(release, child, resources.all));
          }
        }
      });

      it("refer to ConfigMap and Secret by the names that these really got", () => {
        const release = resources.one("kubernetes:helm.sh/v3:Release");
        assert.equal(release.input("values.configMap.existingConfigMap"), "todo-config-1a2b3c4d");
        assert.equal(release.input("values.secret.existingSecret"), "todo-secrets-1a2b3c4d");
        for (const { inputs } of resources.ofType("kubernetes:apps/v1:Deployment")) {
          assert.match(JSON.stringify(inputs), /"configMapRef":\{"name":"todo-config-1a2b3c4d"\}/);
        }
      });

      it("have images by version and content, never latest, the same everywhere", () => {
        assert.doesNotMatch(JSON.stringify(resources.all.map(({ inputs }) => inputs)), /:latest/);
        for (const name of ["backend", "frontend"]) {
          const { inputs } = resources.one("docker:index/image:Image", `${name}-image`);
          const { imageName } = inputs as { imageName: string };
          assert.match(imageName, new RegExp(`^todo-${name}:1\\.0\\.0-[0-9a-f]{12}$`));
          const values = resources.one("kubernetes:helm.sh/v3:Release");
          const of = (key: string) => String(values.input(`values.${name}.image.${key}`));
          assert.equal(`${of("repository")}:${of("tag")}`, imageName);
        }
      });

      it("show no secret", () => {
        const shown = visible(resources.all.map(({ wire, outputs }) => [wire, outputs]));
        assert.doesNotMatch(shown, /hush|generated-for/);
        const { inputs } = resources.one("kubernetes:helm.sh/v3:Release");
        assert.doesNotMatch(JSON.stringify(inputs), /hush|generated-for/);
        assert.ok(
          isSecret(resources.one("kubernetes:core/v1:Secret", "todo-secrets").wire.stringData),
        );
      });

      it("end in outputs that are all known", async () => {
        const { imageNames, ...rest } = await outputsOf(program);
        const dev = scenario.stack === "dev";
        const namespace = dev ? "todo-app" : "todo-app-prod";
        assert.deepEqual(rest, {
          frontendUrl: dev ? "http://127.0.0.1:30080" : "http://127.0.0.1:30090",
          accessCommand: `minikube -p minikube service todo-frontend -n ${namespace} --url`,
          internalUrls: {
            frontend: "http://todo-frontend:3000",
            backend: "http://todo-backend:7860",
          },
          namespaceName: namespace,
        });
        const { backend, frontend } = imageNames as Record<string, string>;
        assert.match(backend ?? "", /^todo-backend:1\.0\.0-[0-9a-f]{12}$/);
        assert.match(frontend ?? "", /^todo-frontend:1\.0\.0-[0-9a-f]{12}$/);
      });
    });
  }
});

describe("program: a namespace that exists already", () => {
  let machine: Machine;
  before(() => (machine = new Machine()));
  after(() => {
    machine.remove();
  });

  it("is read, and the release in it is uninstalled by helm", async () => {
    const { resources } = await run({ stack: "dev", over: { namespaceCreate: false } });
    assert.equal(resources.one("kubernetes:core/v1:Namespace").isRead, true);
    assert.equal(resources.one("kubernetes:helm.sh/v3:Release").deletedWith, "");
    const config = resources.one("kubernetes:core/v1:ConfigMap");
    assert.equal(config.input("metadata.namespace"), "todo-app");
  });

  it("and no Service of the release, where that owns it, is read while it is destroyed", async () => {
    process.env[DESTROY_VARIABLE] = "1";
    try {
      const over = { frontend: { service: { nodePort: null } } };
      const { resources } = await run({ stack: "dev", workloads: "chart", over });
      assert.deepEqual(
        resources.all.filter(({ isRead }) => isRead),
        [],
      );
    } finally {
      Reflect.deleteProperty(process.env, DESTROY_VARIABLE);
    }
  });
});

describe("program: the Secret's content", () => {
  let machine: Machine;
  before(() => (machine = new Machine()));
  after(() => {
    machine.remove();
  });

  it("dev: generated, with the database's address, and without a Cohere key", async () => {
    const { resources } = await run({ stack: "dev" });
    assert.deepEqual(
      resources.one("kubernetes:core/v1:Secret", "todo-secrets").input("stringData"),
      {
        DATABASE_URL: "postgresql://todo:generated-for-postgres-password@todo-postgres:5432/todo",
        BETTER_AUTH_SECRET: "generated-for-secrets-better-auth",
        JWT_SECRET: "generated-for-secrets-jwt",
      },
    );
  });

  it("prod: what the stack has", async () => {
    const { resources } = await run({ stack: "prod" });
    assert.deepEqual(resources.one("kubernetes:core/v1:Secret").input("stringData"), {
      DATABASE_URL: "postgresql://neon:hush-database@ep-1.neon.example:6543/todo?sslmode=require",
      COHERE_API_KEY: "hush-cohere",
      BETTER_AUTH_SECRET: fakeSecrets.betterAuthSecret,
      JWT_SECRET: fakeSecrets.jwtSecret,
    });
  });

  it("rolls those alone that use it, where its name is fixed", async () => {
    const over = { secrets: { immutable: false }, configMap: { immutable: false } };
    const { resources } = await run({ stack: "dev", over });
    const annotations = (name: string) =>
      Object.keys(
        resources
          .one("kubernetes:apps/v1:Deployment", `${name}-deployment`)
          .input("spec.template.metadata.annotations") as object,
      ).sort();
    const config = "todo-app/config-revision";
    assert.deepEqual(annotations("backend"), [config, "todo-app/secret-revision"]);
    assert.deepEqual(annotations("frontend"), [config]);
  });

  it("rolls the frontend too, where that uses it", async () => {
    const over = {
      secrets: { immutable: false },
      frontend: { secretEnv: ["BETTER_AUTH_SECRET"] },
    };
    const { resources } = await run({ stack: "dev", over });
    const annotations = resources
      .one("kubernetes:apps/v1:Deployment", "frontend-deployment")
      .input("spec.template.metadata.annotations");
    assert.deepEqual(Object.keys(annotations ?? {}), ["todo-app/secret-revision"]);
  });
});
