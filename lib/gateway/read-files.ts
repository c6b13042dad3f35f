import type { Task } from "@/lib/schemas/task";
import type { ClientSignal } from "./client-signal";
import { endpointReach } from "./endpoint-reach";
import { FileDesk } from "./file-desk";
import { filePlacesOf } from "./file-places";
import { recallFiles } from "./recall-files";
import type { ResolvedRequest } from "./resolve-request";

export type FilesRead = {
  /** With the words of those files that will be given as text in any case. */
  read: ResolvedRequest;
  /** Reads the others when it is their turn, and knows what is to be told and paid for; absent: there are no files. */
  files: FileDesk | undefined;
};

/**
 * Looks for files in a request; nearly all have none and come back as they are, at once. What an earlier answer told of
 * a file that the client has not sent again is put back into the conversation.
 *
 * @throws AppError `invalid_request` that names the file and says what is wrong with it
 */
export async function readFiles(
  resolved: ResolvedRequest,
  task: Task | undefined,
  accountId: string,
  client: ClientSignal,
): Promise<FilesRead> {
  const { request } = resolved;
  if (task !== undefined) return { read: resolved, files: undefined };
  const places = filePlacesOf(request);
  if (places.length === 0) {
    const recalled = recallFiles(request);
    return { read: recalled === request ? resolved : { ...resolved, request: recalled }, files: undefined };
  }
  const files = new FileDesk(places, request, accountId, client);
  const read = await files.readAhead(request, resolved.models, endpointReach(resolved));
  return { read: { ...resolved, request: read }, files };
}
