import type { OfficialMessage } from "./official-message";

/**
 * The words of the docker engine and BuildKit. pulumi-docker puts "error reading build output: " before the
 * engine's last message, and shows the build's log in lines that don't last (provider/image.go).
 */
export const dockerMessages: readonly OfficialMessage[] = [
  {
    what: "a failing RUN with BuildKit",
    text: 'error: error reading build output: process "/bin/sh -c npm ci --ignore-scripts" did not complete successfully: exit code: 1',
    source: "buildkit solver/errdefs, pulumi-awsx issue 1401",
    cause: /step of an image's build failed: npm ci --ignore-scripts \(exit code 1\)/,
    hint: /docker\/backend and docker\/frontend/,
  },
  {
    what: "a failing RUN with the buildx command",
    text: [
      "Dockerfile:22",
      "--------------------",
      "  22 | >>> RUN npm run build",
      "--------------------",
      'ERROR: failed to build: failed to solve: process "/bin/sh -c npm run build" did not complete successfully: exit code: 2',
    ].join("\n"),
    source: "docker/buildx build/build.go",
    cause: /npm run build \(exit code 2\)/,
    hint: /docker build/,
  },
  {
    what: "a failing RUN with the classic builder",
    text: "error: error reading build output: The command '/bin/sh -c apt-get update' returned a non-zero code: 100",
    source: "moby daemon/builder/dockerfile/dispatchers.go, apache/pulsar issue 3692",
    cause: /apt-get update \(exit code 100\)/,
    hint: /docker build/,
  },
  {
    what: "a failing RUN of a proxy that isn't trusted: its own words come first",
    text: [
      "npm error code SELF_SIGNED_CERT_IN_CHAIN",
      "npm error request to https://registry.npmjs.org/next failed, reason: self-signed certificate in certificate chain",
      'error: error reading build output: process "/bin/sh -c npm ci" did not complete successfully: exit code: 1',
    ].join("\n"),
    source: "npm, OpenSSL",
    cause: /certificate that isn't trusted/,
    hint: /images\.nodeImage/,
  },
  {
    what: "the limit of anonymous pulls",
    text: "error: error reading build output: node:24-bookworm-slim: failed to resolve source metadata for docker.io/library/node:24-bookworm-slim: failed to copy: httpReadSeeker: failed open: unexpected status code https://registry-1.docker.io/v2/library/node/manifests/sha256:53692cdc: 429 Too Many Requests - Server message: toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit",
    source: "elastic/golang-crossbuild issue 659",
    cause: /limits how often images are pulled/,
    hint: /docker login/,
  },
  {
    what: "the limit of pulls, as the classic builder says it",
    text: "error: error reading build output: toomanyrequests: You have reached your pull rate limit. You may increase the limit by authenticating and upgrading: https://www.docker.com/increase-rate-limit",
    source: "docker/hub-feedback issue 2429",
    cause: /limits how often images are pulled/,
    hint: /docker login/,
  },
  {
    what: "the limit of pulls, at the node",
    text: "[ErrImagePull] Error response from daemon: toomanyrequests: You have reached your unauthenticated pull rate limit. https://www.docker.com/increase-rate-limit",
    source: "docker/hub-feedback issue 2464",
    cause: /limits how often images are pulled/,
    hint: /docker login/,
  },
  {
    what: "a base image of another architecture",
    text: '#7 0.213 exec /bin/sh: exec format error\nerror: error reading build output: process "/bin/sh -c npm ci" did not complete successfully: exit code: 255',
    source: "treeverse/lakeFS issue 7257",
    cause: /another processor architecture/,
    hint: /images\.platform/,
  },
  {
    what: "a base image of another architecture, as older engines say it",
    text: "standard_init_linux.go:228: exec user process caused: exec format error\nThe command '/bin/sh -c npm ci' returned a non-zero code: 1",
    source: "runc before 1.1",
    cause: /another processor architecture/,
    hint: /images\.platform/,
  },
  {
    what: "a plugin of another architecture",
    text: "error: could not load plugin for docker provider: fork/exec /root/.pulumi/plugins/resource-docker-v5.2.0/pulumi-resource-docker: exec format error",
    source: "pulumi sdk/go/common/resource/plugin/plugin.go",
    cause: /another processor architecture/,
    hint: /plugin/,
  },
  {
    what: "a docker client that is too old",
    text: "error: error building image: Error response from daemon: client version 1.43 is too old. Minimum supported API version is 1.44, please upgrade your client to a newer version",
    source: "moby daemon/server/middleware/version.go, kasmtech/workspaces-issues issue 817",
    cause: /client speaks API 1\.43, and the docker engine demands 1\.44/,
    hint: /DOCKER_API_VERSION/,
  },
  {
    what: "a docker client that is too new",
    text: "Error response from daemon: client version 1.52 is too new. Maximum supported API version is 1.47",
    source: "moby daemon/server/middleware/version.go",
    cause: /client speaks API 1\.52, and the docker engine knows no more than 1\.47/,
    hint: /DOCKER_API_VERSION/,
  },
  {
    what: "an image name with capitals",
    text: "error: error building image: Error response from daemon: invalid reference format: repository name (Acme/todo-backend) must be lowercase",
    source: "Linus2punkt0/bluesky-crossposter pull request 90",
    cause: /name of an image isn't valid.*lowercase/,
    hint: /images\.registry/,
  },
  {
    what: "an image name with capitals, as older engines say it",
    text: 'invalid argument "ghcr.io/Acme/todo-backend:1" for "-t, --tag" flag: invalid reference format: repository name must be lowercase',
    source: "macbre/push-to-ghcr pull request 24",
    cause: /name of an image isn't valid/,
    hint: /images\.registry/,
  },
  {
    what: "a credential helper that is missing",
    text: 'error: error getting credentials - err: exec: "docker-credential-desktop": executable file not found in $PATH, out: ``',
    source: "docker/docker-credential-helpers client/client.go, docker/cli",
    cause: /docker-credential-desktop, which isn.t on PATH/,
    hint: /config\.json/,
  },
  {
    what: "a base image that can't be resolved",
    text: 'error: error reading build output: failed to resolve source metadata for docker.io/library/node:24-bookworm-slim: failed to do request: Head "https://registry-1.docker.io/v2/library/node/manifests/24-bookworm-slim": dial tcp: lookup registry-1.docker.io: no such host',
    source: "buildkit, containerd remotes/docker/resolver.go",
    cause: /docker\.io\/library\/node:24-bookworm-slim/,
    hint: /images\.nodeImage/,
  },
  {
    what: "a base image that isn't public",
    text: "error: error reading build output: pull access denied for acme/node, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
    source: "moby daemon/internal/distribution/errors.go",
    cause: /acme\/node/,
    hint: /images\.nodeImage/,
  },
  {
    what: "no engine at all",
    text: "error: failed to connect to any docker daemon",
    source: "pulumi-docker provider/image.go",
    cause: /docker daemon/,
    hint: /npm run up/,
  },
];
