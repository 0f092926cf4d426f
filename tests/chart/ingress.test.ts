import assert from "node:assert/strict";
import { find, names, render } from "../support/chart/helm";

describe("chart: Ingress", () => {
  it("is left out by default", async () => {
    assert.deepEqual(names(await render(), "Ingress"), []);
  });

  it("leads a host to the frontend's Service, with TLS where it is wanted", async () => {
    const objects = await render({
      frontend: { service: { type: "ClusterIP", port: 80, name: "web" } },
      ingress: {
        enabled: true,
        host: "todo.example.org",
        annotations: { "nginx.ingress.kubernetes.io/proxy-body-size": "1m" },
        tls: { enabled: true, secretName: "todo-cert" },
      },
    });
    const ingress = find(objects, "Ingress", "todo-frontend");
    assert.equal(
      ingress.metadata.annotations?.["nginx.ingress.kubernetes.io/proxy-body-size"],
      "1m",
    );
    assert.deepEqual(ingress.spec, {
      ingressClassName: "nginx",
      tls: [{ hosts: ["todo.example.org"], secretName: "todo-cert" }],
      rules: [
        {
          host: "todo.example.org",
          http: {
            paths: [
              {
                path: "/",
                pathType: "Prefix",
                backend: { service: { name: "web", port: { number: 80 } } },
              },
            ],
          },
        },
      ],
    });
  });
});
