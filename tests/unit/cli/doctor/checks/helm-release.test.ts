import assert from "node:assert/strict";
import { helmReleaseFinding, readRevisions } from "../../../../../cli/doctor/checks/helm-release";
import { target } from "../../../../support/target";

describe("doctor: the Helm release", () => {
  const where = { namespace: "todo-app", release: "todo-app", target };
  const revisions = (text: string) => helmReleaseFinding(readRevisions(text), where);

  it("isn't there, or is deployed", () => {
    assert.equal(revisions("").state, "ok");
    assert.match(revisions("todo-app todo-app deployed 3\n").found, /deployed, revision 3/);
  });
  it("is stuck in an upgrade: rolled back to the last good revision", () => {
    const finding = revisions(
      "todo-app todo-app superseded 9\ntodo-app todo-app deployed 10\ntodo-app todo-app pending-upgrade 11\nshop todo-app pending-install 1\n",
    );
    assert.equal(finding.state, "fix");
    assert.match(
      finding.hint ?? "",
      /helm --kube-context minikube -n todo-app rollback todo-app 10/,
    );
  });
  it("is stuck in its first installation: uninstalled", () => {
    const finding = revisions("todo-app todo-app pending-install 1\n");
    assert.match(finding.hint ?? "", /uninstall todo-app/);
  });
});
