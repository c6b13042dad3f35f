"use client";

import { Ago } from "@/components/ui/ago";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { KeyValue, KeyValues } from "@/components/ui/key-values";
import { LocalTime } from "@/components/ui/local-time";
import { Money } from "@/components/ui/money";
import { Sheet } from "@/components/ui/sheet";
import { Switch } from "@/components/ui/switch";
import { writeActivityAddress } from "@/lib/activity-filter/write-activity-address";
import type { ApiKey, ApiKeyKind } from "@/lib/schemas/api-key";
import { nextResetOf } from "@/lib/schemas/limit-period";
import { ApiKeyState } from "./api-key-state";
import type { KeyActions } from "./api-key-table";
import { LimitMeter } from "./limit-meter";

type ApiKeySheetProps = Omit<KeyActions, "onOpen"> & {
  kind: ApiKeyKind;
  /** `null`: closed. */
  apiKey: ApiKey | null;
  onClose: () => void;
};

/** All that is known of one key, and what can be done with it. */
export function ApiKeySheet({ kind, apiKey, onClose, onEdit, onSwitch, onDelete }: ApiKeySheetProps) {
  return (
    <Sheet
      open={apiKey !== null}
      onClose={onClose}
      title={kind === "inference" ? "API key" : "Provisioning key"}
      description="Only its fingerprint is stored here, so the key itself cannot be shown again."
    >
      {apiKey !== null && (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-7 text-sm">
          <div>
            <p className="wrap-anywhere">
              <span className="font-medium text-base">{apiKey.name}</span> <ApiKeyState apiKey={apiKey} />
            </p>
            <code className="font-mono text-muted text-xs">{apiKey.label}</code>
          </div>
          <Switch
            checked={!apiKey.disabled}
            onChange={() => onSwitch(apiKey)}
            hint="While it is off, every request with this key is refused. It takes effect within a second."
          >
            Enabled
          </Switch>
          {kind === "inference" && <Usage apiKey={apiKey} />}
          <KeyFacts kind={kind} apiKey={apiKey} />
          <div className="flex flex-wrap gap-2">
            <Button onClick={() => onEdit(apiKey)}>Edit</Button>
            {kind === "inference" && (
              <ButtonLink href={writeActivityAddress({ key: apiKey.hash })}>Show its activity</ButtonLink>
            )}
            <Button variant="danger" className="ms-auto" onClick={() => onDelete(apiKey)}>
              Delete key
            </Button>
          </div>
        </div>
      )}
    </Sheet>
  );
}

function KeyFacts({ kind, apiKey }: { kind: ApiKeyKind; apiKey: ApiKey }) {
  return (
    <KeyValues>
      {kind === "inference" && (
        <>
          <KeyValue name="Limit">
            <LimitMeter apiKey={apiKey} />
          </KeyValue>
          {apiKey.limit !== null && (
            <>
              <KeyValue name="Starts anew">
                {apiKey.limit_reset === null ? (
                  "Never"
                ) : (
                  <>
                    <LocalTime iso={nextResetOf(apiKey.limit_reset, Date.now()).toISOString()} />{" "}
                    <span className="text-muted">(midnight UTC)</span>
                  </>
                )}
              </KeyValue>
              <KeyValue name="Includes BYOK">{apiKey.include_byok_in_limit ? "Yes" : "No"}</KeyValue>
            </>
          )}
          <KeyValue name="Last used">
            {apiKey.last_used_at === null ? "Never" : <Ago iso={apiKey.last_used_at} />}
          </KeyValue>
        </>
      )}
      <KeyValue name="Works until">
        {apiKey.expires_at === null ? "It is deleted" : <LocalTime iso={apiKey.expires_at} precision="day" />}
      </KeyValue>
      <KeyValue name="Created">
        <LocalTime iso={apiKey.created_at} />
      </KeyValue>
      {apiKey.updated_at !== null && (
        <KeyValue name="Changed">
          <LocalTime iso={apiKey.updated_at} />
        </KeyValue>
      )}
      <KeyValue name="Fingerprint">
        <code className="font-mono text-xs">{apiKey.hash}</code>
      </KeyValue>
    </KeyValues>
  );
}

function Usage({ apiKey }: { apiKey: ApiKey }) {
  const rows = [
    { period: "Today", credits: apiKey.usage_daily, byok: apiKey.byok_usage_daily },
    { period: "This week", credits: apiKey.usage_weekly, byok: apiKey.byok_usage_weekly },
    { period: "This month", credits: apiKey.usage_monthly, byok: apiKey.byok_usage_monthly },
    { period: "In all", credits: apiKey.usage, byok: apiKey.byok_usage },
  ];
  return (
    <table className="w-full text-dense">
      <caption className="mb-1.5 text-start font-semibold text-sm">Usage</caption>
      <thead className="text-muted text-xs">
        <tr className="border-b">
          <th scope="col" className="py-1.5 text-start font-normal">
            Days, weeks and months are UTC
          </th>
          <th scope="col" className="py-1.5 ps-4 text-end font-normal">
            Credits
          </th>
          <th scope="col" className="py-1.5 ps-4 text-end font-normal">
            BYOK
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ period, credits, byok }) => (
          <tr key={period} className="border-b">
            <th scope="row" className="py-1.5 text-start font-normal">
              {period}
            </th>
            <td className="py-1.5 ps-4 text-end">
              <Money usd={credits} />
            </td>
            <td className="py-1.5 ps-4 text-end">
              <Money usd={byok} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
