import eslint from "@eslint/js";
import { defineConfig } from "eslint/config";
import prettier from "eslint-config-prettier";
import checkFile from "eslint-plugin-check-file";
import reactHooks from "eslint-plugin-react-hooks";
import importSort from "eslint-plugin-simple-import-sort";
import tseslint from "typescript-eslint";

export default defineConfig(
  { ignores: ["**/node_modules/", "**/dist/", "**/.next/", "helm/", "artifacts/"] },
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      // A field that is taken out of an object by name stays unused.
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
      // It overflows the stack on a type that holds itself (typescript-eslint 8.73).
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
      // Numbers and booleans read well in templates; objects do not.
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
    },
  },
  {
    // One dialect (CONTRIBUTING.md, Conventions).
    plugins: { "check-file": checkFile, "simple-import-sort": importSort },
    rules: {
      "check-file/filename-naming-convention": [
        "error",
        { "**/*.{ts,tsx,mjs}": "+([a-z0-9])*(-+([a-z0-9]))" },
        { ignoreMiddleExtensions: true },
      ],
      "simple-import-sort/imports": [
        "error",
        { groups: [["^node:", "^@?\\w", "^\\.\\.", "^\\."]] },
      ],
      "no-restricted-syntax": [
        "error",
        {
          selector:
            ":matches(PropertyDefinition, MethodDefinition, TSParameterProperty)[accessibility='private']",
          message: "Name it #name: private members have one form here.",
        },
      ],
      "@typescript-eslint/naming-convention": [
        "error",
        { selector: "typeLike", format: ["PascalCase"] },
        { selector: "function", format: ["camelCase", "PascalCase"] },
        {
          selector: "variable",
          modifiers: ["const", "global"],
          types: ["string", "number", "boolean"],
          format: ["UPPER_CASE"],
          // Next.js reads this export of a route by its name.
          filter: { regex: "^dynamic$", match: false },
        },
        {
          selector: "variable",
          modifiers: ["const", "global", "destructured"],
          types: ["string", "number", "boolean"],
          format: null,
          // With a filter like the one above, so that this more specific rule wins.
          filter: { regex: "^dynamic$", match: false },
        },
        {
          selector: ["classProperty", "classMethod"],
          modifiers: ["#private"],
          format: ["camelCase"],
        },
      ],
    },
  },
  {
    files: ["**/*.ts", "**/*.tsx"],
    // Schemas of zod are typed by inference; the checks of the policies by the interface Policy.
    ignores: [
      "**/tests/**",
      "bench/**",
      "policies/rules.ts",
      "settings/fields.ts",
      "settings/sections/**",
    ],
    rules: { "@typescript-eslint/explicit-module-boundary-types": "error" },
  },
  {
    // describe() and it() of mocha return nothing to await; chai-free assertions stay expressions.
    files: ["tests/**", "docker/*/tests/**"],
    rules: { "@typescript-eslint/no-floating-promises": "off" },
  },
  {
    files: ["docker/frontend/src/**"],
    extends: [reactHooks.configs.flat["recommended-latest"]],
    rules: {
      // Reading from the API begins in an effect, which says at once that it does.
      "react-hooks/set-state-in-effect": "off",
      // What handles an event in JSX is called for what it does.
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
    },
  },
  {
    // Property values of Pulumi's protocol are JSON: these rules can't tell its strings from its
    // objects. Errors there become gRPC statuses, which carry no cause.
    files: [
      "provider-stand-ins/**",
      "tests/unit/provider-stand-ins/**",
      "tests/support/provider-stand-ins/**",
    ],
    rules: {
      "@typescript-eslint/no-base-to-string": "off",
      "@typescript-eslint/unbound-method": "off",
      "preserve-caught-error": "off",
    },
  },
  prettier,
);
