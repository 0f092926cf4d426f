import ts from "typescript";

/** One place in the sources that names or runs a command of the cluster. */
export interface Found {
  file: string;
  line: number;
  /** The text that is printed, or the call that starts the program. */
  text: string;
}

const subcommands = {
  kubectl:
    "annotate|api-resources|apply|auth|config|cp|create|delete|describe|diff|drain|edit|events|exec|get|label|logs|patch|port-forward|rollout|run|scale|top|wait",
  helm: "get|history|install|list|rollback|status|template|test|uninstall|upgrade",
  minikube:
    "addons|config|delete|docker-env|image|ip|logs|node|pause|profile|service|ssh|start|status|stop|tunnel|unpause|update-context",
};

/** A command line in a text: the program, and after it an option, a subcommand or what is filled in. */
const COMMAND = new RegExp(
  Object.entries(subcommands)
    .map(([program, words]) => `(?<![\\w/-])${program} (?:--?[a-z]|(?:${words})\\b|\\$\\{)`)
    .join("|"),
);

/** Functions that start a program. */
const STARTS =
  /^(?:execFile|execFileSync|exec|execSync|execa|execaSync|fork|spawn|spawnSync|run|runOrThrow|runInForeground)$/;

/** First arguments that are programs which don't talk to the cluster's API. */
const OTHER_PROGRAMS =
  /^(?:"(?:docker|git|tar|npm)"|docker|tar|process\.execPath|pulumi|toolFile\([^)]*, "pulumi"\))$/;

/** What binds a call to the cluster of the settings. */
const BOUND = /\b(?:kubectlArguments|helmArguments|target\.environment)\b/;

/** Returns the texts of a source file that are command lines of kubectl, helm or minikube. */
export function printedCommands(file: string, code: string): Found[] {
  return visit(file, code, (node) => {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
      return COMMAND.test(node.text) ? node.text : undefined;
    }
    if (!ts.isTemplateExpression(node)) return undefined;
    const text = [
      node.head.text,
      ...node.templateSpans.map(({ literal }) => `\${}${literal.text}`),
    ].join("");
    return COMMAND.test(text) ? text : undefined;
  });
}

/** Returns the calls of a source file that may start kubectl, helm or minikube on another cluster. */
export function unboundProcesses(file: string, code: string): Found[] {
  return visit(file, code, (node) => {
    if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return undefined;
    if (!STARTS.test(node.expression.text)) return undefined;
    const program = node.arguments[0]?.getText() ?? "";
    const text = node.getText();
    return OTHER_PROGRAMS.test(program) || BOUND.test(text) ? undefined : text;
  });
}

function visit(file: string, code: string, textOf: (node: ts.Node) => string | undefined): Found[] {
  const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
  const found: Found[] = [];
  const look = (node: ts.Node): void => {
    const text = textOf(node);
    if (text !== undefined) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push({ file, line: line + 1, text });
    }
    ts.forEachChild(node, look);
  };
  look(source);
  return found;
}
