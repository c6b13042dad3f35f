import { ButtonLink } from "@/components/ui/button-link";
import { EmptyState } from "@/components/ui/empty-state";

/** @param isNew there has never been anything; otherwise there is nothing that fits the filter */
export function ActivityEmpty({ isNew }: { isNew: boolean }) {
  return isNew ? (
    <EmptyState title="Nothing yet">
      <p className="max-w-prose text-muted">
        Every request you make, from the chatroom or with a key, is listed here with what it cost and how it was routed.
      </p>
      <div className="flex flex-wrap gap-2">
        <ButtonLink href="/chat" variant="primary">
          Ask something in the chat
        </ButtonLink>
        <ButtonLink href="/settings/keys">Create a key</ButtonLink>
      </div>
    </EmptyState>
  ) : (
    <EmptyState title="Nothing fits">
      <p className="max-w-prose text-muted">There is no request of this period that fits the filters.</p>
      <ButtonLink href="/activity?range=12mo">Show the last 12 months</ButtonLink>
    </EmptyState>
  );
}
