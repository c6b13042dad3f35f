"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { generationsQuery } from "@/lib/queries/generations";
import type { GenerationPage, GenerationSummary } from "@/lib/schemas/generation";
import { GenerationPanel } from "./generation-panel";
import { GenerationTable } from "./generation-table";

type GenerationFeedProps = {
  /** What the server rendered the page with. */
  firstPage: GenerationPage;
  /** A generation that the address asks for. */
  initiallyOpen: GenerationSummary | null;
};

export function GenerationFeed({ firstPage, initiallyOpen }: GenerationFeedProps) {
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery({
    ...generationsQuery(),
    initialData: { pages: [firstPage], pageParams: [undefined] },
  });
  const [opened, setOpened] = useState(initiallyOpen);
  const rows = data.pages.flatMap((page) => page.rows);

  const close = () => {
    setOpened(null);
    if (initiallyOpen !== null) window.history.replaceState(null, "", "/activity");
  };

  return (
    <>
      {rows.length === 0 ? (
        <EmptyState title="Nothing yet">
          <p className="max-w-prose text-muted">
            Every request you make, from the chatroom or with a key, is listed here with what it cost and how it was
            routed.
          </p>
          <ButtonLink href="/chat" variant="primary">
            Ask something in the chat
          </ButtonLink>
        </EmptyState>
      ) : (
        <div className="grid gap-5">
          <GenerationTable generations={rows} openId={opened?.id} onOpen={setOpened} />
          {error !== null && <Notice tone="danger">Older ones could not be loaded: {error.message}</Notice>}
          {hasNextPage && (
            <div>
              <Button busy={isFetchingNextPage} onClick={() => fetchNextPage()}>
                Load more
              </Button>
            </div>
          )}
        </div>
      )}
      <GenerationPanel generation={opened} onClose={close} />
    </>
  );
}
