import { Badge } from "@/components/ui/badge";
import { LocalTime } from "@/components/ui/local-time";
import type { ApiKey } from "@/lib/schemas/api-key";

/** Why a key does not work, or until when it does; nothing for one that works and goes on to. */
export function ApiKeyState({ apiKey }: { apiKey: ApiKey }) {
  if (apiKey.disabled) return <Badge tone="caution">disabled</Badge>;
  if (isExpired(apiKey)) return <Badge tone="danger">expired</Badge>;
  const isUsedUp = apiKey.limit_remaining !== null && apiKey.limit_remaining <= 0;
  if (!isUsedUp && apiKey.expires_at === null) return null;
  return (
    <span className="inline-flex flex-wrap gap-1 align-[0.05em]">
      {isUsedUp && <Badge tone="danger">limit reached</Badge>}
      {apiKey.expires_at !== null && (
        <Badge tone="outline">
          until <LocalTime iso={apiKey.expires_at} precision="day" />
        </Badge>
      )}
    </span>
  );
}

function isExpired({ expires_at }: ApiKey): boolean {
  return expires_at !== null && Date.parse(expires_at) <= Date.now();
}
