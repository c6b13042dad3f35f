import Link from "next/link";
import { TrackDiagram } from "@/components/track-diagram/track-diagram";
import { trackOfRefusal } from "@/components/track-diagram/track-of-refusal";
import { Notice } from "@/components/ui/notice";
import type { AnswerState } from "@/lib/schemas/chatroom";

/** What went wrong with an answer, in the API's words where it has said something, and what can be done. */
export function AnswerTrouble({ state, requestedModelId }: { state: AnswerState; requestedModelId: string }) {
  switch (state.kind) {
    case "waiting":
    case "streaming":
    case "tools":
    case "done":
      return null;
    case "stopped":
      return <p className="text-muted text-sm">You stopped this answer.</p>;
    case "lost":
      return (
        <Notice tone="danger">
          The connection was lost. Whatever had arrived is kept; you can go on or try again.
        </Notice>
      );
    case "failed": {
      const track = trackOfRefusal(state.metadata, requestedModelId);
      return (
        <>
          <Notice tone="danger">
            {state.status === 401 ? "You are not signed in any more." : state.message}
            {state.status > 0 && <span className="text-muted"> (error {state.status})</span>}
            <WayOut status={state.status} />
          </Notice>
          {track !== null && <TrackDiagram track={track} />}
        </>
      );
    }
  }
}

const WAYS_OUT: Readonly<Record<number, { href: string; label: string }>> = {
  401: { href: "/sign-in?next=/chat", label: "Sign in again" },
  402: { href: "/settings/credits", label: "Add credits" },
  403: { href: "/settings/privacy", label: "Look at what is allowed" },
};

function WayOut({ status }: { status: number }) {
  const way = WAYS_OUT[status];
  if (way === undefined) return null;
  return (
    <>
      {" "}
      <Link href={way.href} className="underline underline-offset-4">
        {way.label}
      </Link>
    </>
  );
}
