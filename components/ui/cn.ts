import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

// The names of our own tokens (tokens.css), or `text-dense` would be taken for a colour and throw out `text-muted`.
const merge = extendTailwindMerge({
  extend: {
    theme: {
      text: ["micro", "dense", "display"],
      shadow: ["float"],
      radius: ["tag", "control", "panel"],
      spacing: ["gutter", "header", "control", "control-small"],
      container: ["page", "text"],
      animate: ["breathe", "arrive", "draw"],
    },
  },
});

/** Joins class names; of two Tailwind classes that set the same property the later one stays. */
export function cn(...classes: ClassValue[]): string {
  return merge(clsx(classes));
}
