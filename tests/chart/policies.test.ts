import assert from "node:assert/strict";
import { at } from "../../lib/pulumi/values";
import type { Manifest, Values } from "../support/chart/helm";
import { find, names, render } from "../support/chart/helm";

const app = (component: string) => ({ app: "todo-app", component });
const pods = (component: string) => ({ podSelector: { matchLabels: app(component) } });
const tcp = (port: number) => [{ protocol: "TCP", port }];
const both = ["Ingress", "Egress"];

const DNS = {
  to: [
    {
      namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
      podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
    },
  ],
  ports: [
    { protocol: "UDP", port: 53 },
    { protocol: "TCP", port: 53 },
  ],
};
const OUTSIDE = { ipBlock: { cidr: "0.0.0.0/0", except: ["10.244.0.0/16"] } };
const MODEL = {
  to: [
    {
      ipBlock: {
        cidr: "0.0.0.0/0",
        except: [
          "10.0.0.0/8",
          "100.64.0.0/10",
          "127.0.0.0/8",
          "169.254.0.0/16",
          "172.16.0.0/12",
          "192.168.0.0/16",
        ],
      },
    },
  ],
  ports: tcp(443),
};
const DATABASE = { to: [pods("database")], ports: tcp(5432) };

const spec = (objects: readonly Manifest[], name: string) =>
  find(objects, "NetworkPolicy", name).spec;
const policy = async (name: string, values: Values) => spec(await render(values), name);

describe("chart: network policies", () => {
  let objects: Manifest[];
  before(async () => {
    objects = await render();
  });

  it("are these, in both modes", () => {
    assert.deepEqual(names(objects, "NetworkPolicy"), [
      "todo-app-database",
      "todo-app-default-deny",
      "todo-app-migration",
      "todo-app-migration-database",
      "todo-app-test",
      "todo-backend",
      "todo-frontend",
    ]);
  });

  it("deny everything to and from every pod of the app", () => {
    assert.deepEqual(spec(objects, "todo-app-default-deny"), {
      podSelector: { matchLabels: { app: "todo-app" } },
      policyTypes: both,
    });
  });

  it("let the outside and the tests to the frontend, and it to the backend", () => {
    assert.deepEqual(spec(objects, "todo-frontend"), {
      podSelector: { matchLabels: app("frontend") },
      policyTypes: both,
      ingress: [
        { from: [OUTSIDE], ports: tcp(3000) },
        { from: [pods("test")], ports: tcp(3000) },
      ],
      egress: [DNS, { to: [pods("backend")], ports: tcp(7860) }],
    });
  });

  it("let the frontend and the tests to the backend, and it to database and language model", () => {
    assert.deepEqual(spec(objects, "todo-backend"), {
      podSelector: { matchLabels: app("backend") },
      policyTypes: both,
      ingress: [
        { from: [pods("frontend")], ports: tcp(7860) },
        { from: [pods("test")], ports: tcp(7860) },
      ],
      egress: [DNS, DATABASE, MODEL],
    });
  });

  it("let the backend to the database, and the database nowhere", () => {
    assert.deepEqual(spec(objects, "todo-app-database"), {
      podSelector: { matchLabels: app("database") },
      policyTypes: both,
      ingress: [{ from: [pods("backend")], ports: tcp(5432) }],
    });
  });

  it("let the migration to the database, on both ends", () => {
    assert.deepEqual(spec(objects, "todo-app-migration"), {
      podSelector: { matchLabels: app("migration") },
      policyTypes: both,
      egress: [DNS, DATABASE],
    });
    assert.deepEqual(spec(objects, "todo-app-migration-database"), {
      podSelector: { matchLabels: app("database") },
      policyTypes: ["Ingress"],
      ingress: [{ from: [pods("migration")], ports: tcp(5432) }],
    });
  });

  it("let the tests to both services, and nobody to them", () => {
    assert.deepEqual(spec(objects, "todo-app-test"), {
      podSelector: { matchLabels: app("test") },
      policyTypes: both,
      egress: [
        DNS,
        { to: [pods("backend")], ports: tcp(7860) },
        { to: [pods("frontend")], ports: tcp(3000) },
      ],
    });
  });

  it("select the pods that the workloads make", () => {
    for (const component of ["backend", "frontend"]) {
      const deployment = find(objects, "Deployment", `todo-${component}`);
      assert.deepEqual(
        at(spec(objects, `todo-${component}`), "podSelector.matchLabels"),
        at(deployment, "spec.selector.matchLabels"),
      );
    }
  });

  it("can be left out", async () => {
    const none = await render({ networkPolicy: { enabled: false } });
    assert.deepEqual(names(none, "NetworkPolicy"), []);
  });
});

describe("chart: network policies follow the values", () => {
  it("nothing leads in where there is no Service outside, no Ingress and no test", async () => {
    const values = { frontend: { service: { type: "ClusterIP" } }, tests: { enabled: false } };
    assert.equal(at(await policy("todo-frontend", values), "ingress"), undefined);
    assert.deepEqual(at(await policy("todo-backend", values), "ingress"), [
      { from: [pods("frontend")], ports: tcp(7860) },
    ]);
    assert.ok(!names(await render(values), "NetworkPolicy").includes("todo-app-test"));
  });

  it("an Ingress opens the way from its controller", async () => {
    const values = {
      frontend: { service: { type: "ClusterIP" } },
      ingress: { enabled: true },
      tests: { enabled: false },
    };
    assert.deepEqual(at(await policy("todo-frontend", values), "ingress"), [
      {
        from: [
          {
            namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "ingress-nginx" } },
          },
        ],
        ports: tcp(3000),
      },
    ]);
  });

  it("a backend with a port of the node is open from outside as well", async () => {
    const values = { backend: { service: { type: "NodePort" } } };
    assert.deepEqual(at(await policy("todo-backend", values), "ingress.1"), {
      from: [OUTSIDE],
      ports: tcp(7860),
    });
  });

  it("a database outside is reached by its addresses, and has no policy here", async () => {
    const database = {
      inCluster: false,
      port: 6432,
      cidrs: ["203.0.113.0/24"],
      exceptCidrs: ["203.0.113.8/29", "198.51.100.0/24"],
    };
    const objects = await render({ networkPolicy: { database } });
    const way = {
      // Kubernetes refuses an exception that lies outside its network.
      to: [{ ipBlock: { cidr: "203.0.113.0/24", except: ["203.0.113.8/29"] } }],
      ports: tcp(6432),
    };
    assert.deepEqual(at(spec(objects, "todo-backend"), "egress.1"), way);
    assert.deepEqual(at(spec(objects, "todo-app-migration"), "egress"), [DNS, way]);
    const left = names(objects, "NetworkPolicy").filter((name) => name.includes("database"));
    assert.deepEqual(left, []);
  });

  it("a database in pods of other labels and another port", async () => {
    const objects = await render({
      networkPolicy: { database: { podSelector: { role: "db" }, port: 6432 } },
    });
    const peer = { podSelector: { matchLabels: { role: "db" } } };
    assert.deepEqual(at(spec(objects, "todo-backend"), "egress.1"), {
      to: [peer],
      ports: tcp(6432),
    });
    assert.deepEqual(at(spec(objects, "todo-app-database"), "podSelector"), peer.podSelector);
    assert.deepEqual(at(spec(objects, "todo-app-database"), "ingress.0.ports"), tcp(6432));
  });

  it("without the language model, the backend has no way to the internet", async () => {
    const values = { networkPolicy: { backendEgress: { enabled: false } } };
    assert.deepEqual(at(await policy("todo-backend", values), "egress"), [DNS, DATABASE]);
  });

  it("each network gets the exceptions that lie inside it", async () => {
    const found = await policy("todo-frontend", {
      networkPolicy: {
        ingressCidrs: ["0.0.0.0/0", "192.168.49.0/24", "10.0.0.0/8", "::/0"],
        ingressExceptCidrs: ["10.244.0.0/16", "192.168.49.128/25", "fd00::/8"],
      },
    });
    assert.deepEqual(at(found, "ingress.0.from"), [
      { ipBlock: { cidr: "0.0.0.0/0", except: ["10.244.0.0/16", "192.168.49.128/25"] } },
      { ipBlock: { cidr: "192.168.49.0/24", except: ["192.168.49.128/25"] } },
      { ipBlock: { cidr: "10.0.0.0/8", except: ["10.244.0.0/16"] } },
      { ipBlock: { cidr: "::/0", except: ["fd00::/8"] } },
    ]);
  });

  it("open the same paths for IPv6 where the cluster has it", async () => {
    const database = { inCluster: false, cidrs: ["0.0.0.0/0"] };
    const objects = await render({ networkPolicy: { ipv6: true, database } });
    const outside = { ipBlock: { cidr: "::/0", except: ["fd00:10:244::/56"] } };
    assert.deepEqual(at(spec(objects, "todo-frontend"), "ingress.0.from"), [OUTSIDE, outside]);
    const [, toDatabase, toModel] = at(spec(objects, "todo-backend"), "egress") as object[];
    const everywhere = [{ ipBlock: { cidr: "0.0.0.0/0" } }, { ipBlock: { cidr: "::/0" } }];
    assert.deepEqual(at(toDatabase, "to"), everywhere);
    const model = { ipBlock: { cidr: "::/0", except: ["::1/128", "fc00::/7", "fe80::/10"] } };
    assert.deepEqual(at(toModel, "to"), [...MODEL.to, model]);
    assert.deepEqual(at(spec(objects, "todo-app-migration"), "egress.1.to"), everywhere);
  });

  it("have no IPv6 network unless one is named: some network plugins fail on it", async () => {
    const objects = await render();
    const policies = objects.filter(({ kind }) => kind === "NetworkPolicy");
    assert.doesNotMatch(JSON.stringify(policies), /::/);
  });

  it("IPv6 ones too, however their addresses are written", async () => {
    const values = {
      networkPolicy: {
        database: {
          inCluster: false,
          cidrs: ["fd00::/8", "2001:db8:0:8000::/49", "2001:0db8::/48", "10.0.0.0/8"],
          exceptCidrs: ["fd00:1::/32", "2001:db8:0:8001::/64", "2001:DB8:0:7fff:1:2:3:4/128"],
        },
      },
    };
    assert.deepEqual(at(await policy("todo-backend", values), "egress.1.to"), [
      { ipBlock: { cidr: "fd00::/8", except: ["fd00:1::/32"] } },
      { ipBlock: { cidr: "2001:db8:0:8000::/49", except: ["2001:db8:0:8001::/64"] } },
      {
        ipBlock: {
          cidr: "2001:0db8::/48",
          except: ["2001:db8:0:8001::/64", "2001:DB8:0:7fff:1:2:3:4/128"],
        },
      },
      { ipBlock: { cidr: "10.0.0.0/8" } },
    ]);
  });
});
