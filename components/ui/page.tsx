import type { ReactNode } from "react";
import { cn } from "./cn";

const WIDTHS = { page: "max-w-page", text: "max-w-text" } as const;

type PageProps = {
  title: string;
  description?: ReactNode;
  /** `Breadcrumbs`. */
  above?: ReactNode;
  /** Beside the title: what can be done with the whole page. */
  actions?: ReactNode;
  width?: keyof typeof WIDTHS;
  children: ReactNode;
};

/** The frame of a page below the top bar: its one `main`, its one `h1`. */
export function Page({ title, description, above, actions, width = "page", children }: PageProps) {
  return (
    <main
      id="main"
      tabIndex={-1}
      className={cn("mx-auto w-full flex-1 px-gutter pt-7 pb-16 outline-none", WIDTHS[width])}
    >
      {above}
      <div className="mb-6 flex flex-wrap items-end justify-between gap-x-8 gap-y-3">
        <div>
          <h1 className="wrap-anywhere font-semibold text-2xl">{title}</h1>
          {description !== undefined && <p className="mt-1.5 max-w-prose text-muted text-sm">{description}</p>}
        </div>
        {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
      </div>
      {children}
    </main>
  );
}

type SectionProps = { title: string; description?: ReactNode; actions?: ReactNode; id?: string; children: ReactNode };

/** A part of a page, under a hairline. */
export function Section({ title, description, actions, id, children }: SectionProps) {
  return (
    <section id={id} className="mt-10 scroll-mt-20 border-t pt-5 first:mt-0">
      <div className="mb-4 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
        <div>
          <h2 className="font-semibold text-lg">{title}</h2>
          {description !== undefined && <p className="mt-0.5 max-w-prose text-muted text-sm">{description}</p>}
        </div>
        {actions}
      </div>
      {children}
    </section>
  );
}
