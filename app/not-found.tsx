import type { Metadata } from "next";
import { ButtonLink } from "@/components/ui/button-link";
import { Page } from "@/components/ui/page";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <Page
      title="There is nothing at this address"
      description="It may have been mistyped, or what was here is gone."
      width="text"
    >
      <svg
        viewBox="0 0 320 60"
        aria-hidden="true"
        className="mb-8 h-15 w-80 max-w-full overflow-visible"
        fill="none"
        strokeWidth="2"
      >
        <path d="M0 30H286" className="stroke-edge" />
        <path d="M286 14v32" className="stroke-danger" strokeWidth="6" />
        <text x="302" y="35" className="fill-muted font-mono text-xs">
          404
        </text>
      </svg>
      <div className="flex flex-wrap gap-2">
        <ButtonLink href="/" variant="primary">
          Go to the start page
        </ButtonLink>
        <ButtonLink href="/models">Models</ButtonLink>
      </div>
    </Page>
  );
}
