import assert from "node:assert/strict";
import { type AddressInfo, createServer } from "node:net";
import { takenPorts } from "../../../../../cli/environment/detect/host-ports";

describe("a port on loopback", () => {
  it("is taken where another server listens", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    assert.deepEqual(await takenPorts([port]), [port]);
    await new Promise((resolve) => server.close(resolve));
  });
});
