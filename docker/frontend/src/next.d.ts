// What Next.js declares for style sheets and pictures. It generates a next-env.d.ts with the same
// lines, but only when it builds, and types are checked before that too.
/// <reference types="next" />
/// <reference types="next/image-types/global" />
