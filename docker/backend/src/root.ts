/** The package's folder: above src/, and in the image above dist/, whose files lie side by side. */
export const ROOT = new URL("../", import.meta.url);
