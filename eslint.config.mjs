import eslint from "@eslint/js";
import prettier from "eslint-config-prettier";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig(
  { ignores: ["**/node_modules/", "**/dist/", "**/.next/", "docker/", "helm/", "artifacts/"] },
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
    // describe() and it() of mocha return nothing to await; chai-free assertions stay expressions.
    files: ["tests/**"],
    rules: { "@typescript-eslint/no-floating-promises": "off" },
  },
  {
    // Property values of Pulumi's protocol are JSON: these rules can't tell its strings from its
    // objects. Errors there become gRPC statuses, which carry no cause.
    files: ["sandbox/plugins/**", "tests/unit/plugins/**"],
    rules: {
      "@typescript-eslint/no-base-to-string": "off",
      "@typescript-eslint/unbound-method": "off",
      "preserve-caught-error": "off",
    },
  },
  prettier,
);
