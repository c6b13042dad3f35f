import { requireCredential } from "@/lib/byok/credentials";
import { testCredential } from "@/lib/gateway/test-credential";
import { internalRoute } from "../../../internal-route";

export const POST = internalRoute<{ id: string }>(async ({ user: { accountId }, parameters: { id } }) => ({
  data: await testCredential(await requireCredential(accountId, id)),
}));
