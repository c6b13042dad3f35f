import type { Components } from "react-markdown";

const LINK = { target: "_blank", rel: "noopener noreferrer nofollow" } as const;

/** How the parts of markdown are drawn that somebody wrote who is not trusted. */
export const MARKDOWN_COMPONENTS: Components = {
  a: ({ node: _, ...props }) => <a {...props} {...LINK} />,
  // Loading a picture tells its server that, and when, the text was read: a link leaves that to the reader.
  img: ({ src, alt }) => (
    <a href={typeof src === "string" ? src : undefined} {...LINK}>
      {alt === undefined || alt === "" ? "Picture" : alt}
    </a>
  ),
  // What scrolls sideways must take the focus, or the keyboard cannot scroll it.
  // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
  pre: ({ node: _, ...props }) => <pre {...props} tabIndex={0} />,
  table: ({ node: _, ...props }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <div className="overflow-x-auto" tabIndex={0}>
      <table {...props} />
    </div>
  ),
  input: ({ node: _, ...props }) => <input {...props} aria-label={props.checked === true ? "Done" : "To do"} />,
  // The page's own headings come first in the outline.
  h1: ({ node: _, ...props }) => <h3 {...props} />,
  h2: ({ node: _, ...props }) => <h4 {...props} />,
  h3: ({ node: _, ...props }) => <h5 {...props} />,
  h4: ({ node: _, ...props }) => <h6 {...props} />,
  h5: ({ node: _, ...props }) => <h6 {...props} />,
};
