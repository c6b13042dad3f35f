import type { ReactNode } from "react";
import { Page } from "@/components/ui/page";

type ComingLaterProps = {
  title: string;
  /** What will be here. */
  will: string;
  /** What can be done about it today, and where. */
  children: ReactNode;
};

/** An address that exists already, while its page is being built: what it will hold, and what serves until then. */
export function ComingLater({ title, will, children }: ComingLaterProps) {
  return (
    <Page title={title} width="text">
      <div className="grid gap-5 border-t pt-5">
        <p className="text-muted">Not built yet. {will}</p>
        <div>
          <h2 className="mb-2 font-semibold text-base">Until then</h2>
          <div className="grid gap-3">{children}</div>
        </div>
      </div>
    </Page>
  );
}
