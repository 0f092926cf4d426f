// Next.js's types for style sheets and images. `next build` generates next-env.d.ts with the same
// lines, but type checks also run before the first build.
/// <reference types="next" />
/// <reference types="next/image-types/global" />
