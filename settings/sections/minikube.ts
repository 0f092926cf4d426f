import { z } from "zod";
import * as f from "../fields";

/** Settings of the Minikube profile that the command line creates. */
export const minikube = z
  .strictObject({
    driver: f.text.default("docker").describe("Minikube's driver"),
    cpus: f.integer(2, 256).default(4).describe("CPUs of the node, at most the machine's"),
    memory: f.integer(1800, 1_048_576).default(4096).describe("Memory of the node in MB"),
    diskSize: f
      .integer(2000, 10_000_000)
      .optional()
      .describe("Disk of the node in MB, for drivers with a virtual machine; default: Minikube's"),
    kubernetesVersion: f.text
      .regex(/^v?1\.([3-9]\d|\d{3,})\.\d+(-[0-9A-Za-z.-]+)?$/, {
        error: "a version of Kubernetes such as 1.34.0, 1.30.0 or newer",
      })
      .optional()
      .describe("Version of Kubernetes; default: Minikube's. An offline cluster has only one"),
    addons: f
      .listOf(f.text)
      .default(["ingress", "metrics-server", "dashboard"])
      .describe("Addons to enable"),
    containerRuntime: f
      .oneOf(["docker", "containerd"])
      .default("docker")
      .describe("Container runtime; docker builds the images in the node itself"),
    publishPorts: f
      .listOf(f.nodePort)
      .default([])
      .describe("NodePorts to publish on 127.0.0.1, in addition to those of backend and frontend"),
  })
  .prefault({})
  .describe("The Minikube profile that `npm run up` creates if there is none");
