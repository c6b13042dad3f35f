"use client";

import { useQuery } from "@tanstack/react-query";
import { Copy, Download, FileText, Share2 } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Combobox } from "@/components/ui/combobox";
import { Field } from "@/components/ui/field";
import { SelectField } from "@/components/ui/select-field";
import { Sheet } from "@/components/ui/sheet";
import { Switch } from "@/components/ui/switch";
import { TextField } from "@/components/ui/text-field";
import { TextareaField } from "@/components/ui/textarea-field";
import { chatPresetsQuery } from "@/lib/queries/chat-presets";
import { providerNamesQuery } from "@/lib/queries/provider-names";
import type { ProviderPreferences } from "@/lib/schemas/provider-preferences";
import { useChat } from "./chat-context";
import { useCommands } from "./compose/use-commands";
import { setDrawsDiagrams, useDrawsDiagrams } from "./diagram/diagram-preference";
import { canShareFiles, useRoomFiles } from "./rooms/use-room-files";

const SORTS = [
  { value: "", label: "Price and health" },
  { value: "price", label: "Lowest price" },
  { value: "throughput", label: "Most tokens a second" },
  { value: "latency", label: "Quickest first token" },
] as const;

/** Everything that holds for the whole room; it takes effect at once, from the next question on. */
export function RoomSettings({ onClose }: { onClose: () => void }) {
  const { view, changeSettings, open } = useChat();
  const { settings } = view.room;
  const runCommand = useCommands();
  const { exportRooms, saveAsMarkdown, share } = useRoomFiles();
  const isEmpty = view.turns.length === 0;
  const drawsDiagrams = useDrawsDiagrams();
  const { data: presets } = useQuery(chatPresetsQuery());
  const provider = settings.provider ?? {};

  const changeProvider = (changes: Partial<ProviderPreferences>) => {
    const kept = Object.entries({ ...provider, ...changes }).filter(
      ([, value]) => value !== undefined && value !== false && (!Array.isArray(value) || value.length > 0),
    );
    changeSettings({ provider: kept.length === 0 ? null : Object.fromEntries(kept) });
  };

  return (
    <Sheet open onClose={onClose} title="Room settings" description="From the next question on.">
      <div className="grid gap-6">
        <TextareaField
          label="System prompt"
          hint="Told to every model before the conversation."
          value={settings.systemPrompt}
          onChange={(event) => changeSettings({ systemPrompt: event.target.value })}
        />
        <SelectField
          label="Preset"
          hint="Fills in what is not chosen here."
          value={settings.preset}
          onChange={(event) => changeSettings({ preset: event.target.value })}
        >
          <option value="">None</option>
          {(presets ?? []).map(({ slug, name }) => (
            <option key={slug} value={slug}>
              {name}
            </option>
          ))}
        </SelectField>
        <TextField
          label="Memory"
          hint="How many questions before this one are sent along. Empty: all."
          inputMode="numeric"
          value={settings.memory === null ? "" : String(settings.memory)}
          onChange={({ target: { value } }) =>
            changeSettings({ memory: /^\d{1,4}$/.test(value) ? Number(value) : null })
          }
        />
        <fieldset className="grid gap-4 border-t pt-5">
          <legend className="sr-only">Providers</legend>
          <SelectField
            label="Providers in the order of"
            value={typeof provider.sort === "string" ? provider.sort : ""}
            onChange={({ target: { value } }) => {
              const sort = SORTS.find((one) => one.value === value)?.value;
              changeProvider({ sort: sort === undefined || sort === "" ? undefined : sort });
            }}
          >
            {SORTS.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </SelectField>
          <ProviderField label="Only these" value={provider.only ?? []} onChange={(only) => changeProvider({ only })} />
          <ProviderField
            label="Never these"
            value={provider.ignore ?? []}
            onChange={(ignore) => changeProvider({ ignore })}
          />
          <Switch
            checked={provider.data_collection === "deny"}
            onChange={(event) => changeProvider({ data_collection: event.target.checked ? "deny" : undefined })}
          >
            Only providers that store nothing to train on
          </Switch>
          <Switch
            checked={provider.zdr === true}
            onChange={(event) => changeProvider({ zdr: event.target.checked || undefined })}
          >
            Only zero data retention
          </Switch>
        </fieldset>
        <div className="border-t pt-5">
          <Switch
            hint="Mermaid's language; drawn in this browser, in every room."
            checked={drawsDiagrams}
            onChange={(event) => setDrawsDiagrams(event.target.checked)}
          >
            Draw diagrams
          </Switch>
        </div>
        <div className="flex flex-wrap gap-2 border-t pt-5">
          <Button size="small" onClick={() => open({ kind: "tools" })}>
            Tools and tool servers
          </Button>
          <Button size="small" onClick={() => runCommand({ name: "copy", argument: "" })}>
            <Copy aria-hidden="true" />
            Copy as markdown
          </Button>
          <Button size="small" disabled={isEmpty} onClick={() => saveAsMarkdown(view.room.id)}>
            <FileText aria-hidden="true" />
            Save as markdown
          </Button>
          <Button size="small" disabled={isEmpty} onClick={() => exportRooms([view.room.id])}>
            <Download aria-hidden="true" />
            Export
          </Button>
          {canShareFiles() && (
            <Button size="small" disabled={isEmpty} onClick={() => share(view.room.id)}>
              <Share2 aria-hidden="true" />
              Share
            </Button>
          )}
        </div>
      </div>
    </Sheet>
  );
}

type ProviderFieldProps = { label: string; value: readonly string[]; onChange: (slugs: string[]) => void };

function ProviderField({ label, value, onChange }: ProviderFieldProps) {
  const { data: providers } = useQuery(providerNamesQuery());
  const known = (providers ?? []).map(({ slug, name }) => ({ value: slug, label: name, keywords: [slug] }));
  const options = [
    ...known,
    // One endpoint of a provider, or a provider that is gone: whoever named it must be able to take it out.
    ...value.filter((slug) => !known.some((one) => one.value === slug)).map((slug) => ({ value: slug, label: slug })),
  ];
  return (
    <Field label={label}>
      {(control) => (
        <Combobox
          label={label}
          control={control}
          multiple
          options={options}
          value={value}
          onChange={onChange}
          placeholder="None named"
        />
      )}
    </Field>
  );
}
