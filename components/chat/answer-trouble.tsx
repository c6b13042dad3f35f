import Link from "next/link";
import { TrackDiagram } from "@/components/track-diagram/track-diagram";
import { trackOfRefusal } from "@/components/track-diagram/track-of-refusal";
import { Notice } from "@/components/ui/notice";
import type { AnswerState } from "./answer";

const UNAUTHENTICATED = 401;

/** What went wrong with an answer, in the API's words where it has said something. */
export function AnswerTrouble({ state, requestedModelId }: { state: AnswerState; requestedModelId: string }) {
  switch (state.kind) {
    case "waiting":
    case "streaming":
    case "done":
      return null;
    case "stopped":
      return <p className="text-muted text-sm">You stopped this answer.</p>;
    case "lost":
      return <Notice tone="danger">The connection was lost. Whatever had arrived is kept; you can try again.</Notice>;
    case "failed": {
      const track = trackOfRefusal(state.metadata, requestedModelId);
      return (
        <>
          <Notice tone="danger">
            {state.status === UNAUTHENTICATED ? (
              <>
                You are not signed in any more.{" "}
                <Link href="/sign-in?next=/chat" className="underline underline-offset-4">
                  Sign in again
                </Link>
              </>
            ) : (
              state.message
            )}
            {state.status > 0 && <span className="text-muted"> (error {state.status})</span>}
          </Notice>
          {track !== null && <TrackDiagram track={track} />}
        </>
      );
    }
  }
}
