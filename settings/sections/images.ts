import { z } from "zod";
import { chartDefaults } from "../chart-defaults";
import * as f from "../fields";

/** Platforms of the base images. Without an os, docker takes the word for an architecture or guesses. */
const A_PLATFORM = /^linux\/[a-z0-9_]+(\/v\d+(\.\d+)?)?$/;

/** Settings of the images of backend and frontend: how they are built, delivered and pulled. */
export const images = z
  .strictObject({
    delivery: f
      .oneOf(["auto", "minikube-daemon", "minikube-load", "registry", "host-daemon"])
      .default("auto")
      .describe("How an image gets into the cluster; auto chooses by the kind of cluster"),
    nodeImage: f.baseImage
      .optional()
      .describe("Base image with Node.js; default: the Dockerfile's"),
    platform: f.text
      .regex(A_PLATFORM, { error: "linux/<architecture>[/<variant>], such as linux/amd64" })
      .optional()
      .describe("os/arch of the images; default: the builder's"),
    pullPolicy: f
      .oneOf(["IfNotPresent", "Never", "Always"])
      .default(chartDefaults.backend.image.pullPolicy)
      .describe("When a node pulls; Always breaks images that are built inside the cluster"),
    runAsUser: f
      .integer(1, 2_147_483_647)
      .default(chartDefaults.securityContext.runAsUser)
      .describe("User and group that backend and frontend run as"),
    registry: z
      .strictObject({
        server: f.registryServer.describe("host[:port][/path] to push images to"),
        username: z
          .string("a user name")
          .default("")
          .describe("User who pushes; empty: no authentication"),
      })
      .optional()
      .describe("Registry to push to; its password is registryPassword"),
    pullSecrets: f.listOf(f.objectName).default([]).describe("imagePullSecrets of the pods"),
  })
  .prefault({})
  .describe("The images of backend and frontend");
