"use client";

import { Copy, Plus, RefreshCw, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ButtonLink } from "@/components/ui/button-link";
import { Checkbox } from "@/components/ui/checkbox";
import { Combobox } from "@/components/ui/combobox";
import { CopyButton } from "@/components/ui/copy-button";
import { Field } from "@/components/ui/field";
import { formatCompact } from "@/components/ui/format-compact";
import { IconButton } from "@/components/ui/icon-button";
import { Input } from "@/components/ui/input";
import { Kbd } from "@/components/ui/kbd";
import { RadioGroup } from "@/components/ui/radio-group";
import { SelectField } from "@/components/ui/select-field";
import { Slider } from "@/components/ui/slider";
import { Switch } from "@/components/ui/switch";
import { TextField } from "@/components/ui/text-field";
import { TextLink } from "@/components/ui/text-link";
import { TextareaField } from "@/components/ui/textarea-field";
import { Row, Specimen } from "./specimen";

const PROVIDERS = ["Anthropic", "Azure", "Cerebras", "DeepInfra", "Fireworks", "Groq", "Together"].map((label) => ({
  value: label.toLowerCase(),
  label,
  detail: `${label.length * 3} models`,
}));

const nothing = () => {};

export function ControlSpecimens() {
  const [one, setOne] = useState<string[]>(["groq"]);
  const [many, setMany] = useState<string[]>(["azure", "groq"]);
  const [price, setPrice] = useState(2.5);
  const [context, setContext] = useState<[number, number]>([32, 200]);
  return (
    <>
      <Specimen id="buttons" title="Buttons and links">
        {(["primary", "secondary", "quiet", "danger"] as const).map((variant) => (
          <Row key={variant} label={variant}>
            <Button variant={variant}>Save</Button>
            <Button variant={variant} size="small">
              Save
            </Button>
            <Button variant={variant}>
              <Plus aria-hidden="true" />
              Create key
            </Button>
            <Button variant={variant} busy>
              Saving
            </Button>
            <Button variant={variant} disabled>
              Save
            </Button>
            <IconButton variant={variant} label="Copy the id">
              <Copy aria-hidden="true" />
            </IconButton>
            <IconButton variant={variant} size="small" label="Delete" disabled>
              <Trash2 aria-hidden="true" />
            </IconButton>
          </Row>
        ))}
        <Row label="links">
          <ButtonLink href="/internal/kit">As a button</ButtonLink>
          <TextLink href="/internal/kit">In text</TextLink>
          <TextLink href="https://example.com/">Off this site</TextLink>
          <CopyButton text="gen-1" label="Copy" />
          <CopyButton text="gen-1" label="Copy the id" variant="quiet" iconOnly />
          <IconButton label="Load again" shortcut="R">
            <RefreshCw aria-hidden="true" />
          </IconButton>
          <span>
            Press <Kbd>⌘K</Kbd> or <Kbd>Ctrl</Kbd> <Kbd>K</Kbd>
          </span>
        </Row>
      </Specimen>
      <Specimen id="fields" title="Fields">
        <div className="grid gap-6 sm:grid-cols-2 lg:grid-cols-3">
          <TextField label="Name" placeholder="Nightly build" hint="Only you see it." />
          <TextField label="Name" defaultValue="Nightly build" optional />
          <TextField label="E-mail" defaultValue="ada@" error="must be an e-mail address" />
          <TextField label="Credit limit" prefix="$" suffix="USD" inputMode="decimal" defaultValue="25.00" />
          <TextField label="Context" suffix="tokens" defaultValue="many" error="must be a whole number" />
          <TextField label="Name" defaultValue="Set by the operator" disabled />
          <SelectField label="Limit resets" defaultValue="monthly">
            <option value="never">Never</option>
            <option value="monthly">Every month, at 00:00 UTC</option>
          </SelectField>
          <SelectField label="Limit resets" error="must be chosen" defaultValue="">
            <option value="">Choose</option>
          </SelectField>
          <Field label="Provider" hint="Type to search.">
            {(control) => (
              <Combobox label="Provider" options={PROVIDERS} value={one} onChange={setOne} control={control} />
            )}
          </Field>
          <Field label="Providers">
            {(control) => (
              <Combobox
                label="Providers"
                options={PROVIDERS}
                value={many}
                onChange={setMany}
                multiple
                control={control}
              />
            )}
          </Field>
          <Field label="Nothing chosen">
            {(control) => <Combobox label="Any" options={PROVIDERS} value={[]} onChange={nothing} control={control} />}
          </Field>
          <Input aria-label="Search" type="search" className="self-end" placeholder="Without a field" />
          <div className="sm:col-span-2">
            <TextareaField label="System prompt" hint="Goes before every conversation." rows={3} />
          </div>
        </div>
      </Specimen>
      <Specimen id="choices" title="Choices">
        <div className="grid gap-8 sm:grid-cols-2 lg:grid-cols-3">
          <div>
            <Checkbox>Text</Checkbox>
            <Checkbox defaultChecked hint="png, jpeg, webp, gif">
              Images
            </Checkbox>
            <Checkbox disabled>Video</Checkbox>
            <Checkbox disabled defaultChecked>
              Files
            </Checkbox>
          </div>
          <RadioGroup
            label="Sort providers by"
            options={[
              { value: "price", label: "Price", hint: "The cheapest first." },
              { value: "throughput", label: "Throughput" },
              { value: "latency", label: "Latency", disabled: true },
            ]}
            value="price"
            onChange={nothing}
          />
          <div className="grid content-start gap-3">
            <Switch defaultChecked hint="Providers that train on prompts are left out.">
              No training
            </Switch>
            <Switch>Zero data retention</Switch>
            <Switch disabled>Set by your organization</Switch>
          </div>
          <Slider
            label="Prompt price, at most"
            value={[price]}
            min={0}
            max={10}
            step={0.5}
            onChange={([value = 0]) => setPrice(value)}
            format={(value) => (value === 0 ? "free" : `$${value.toFixed(2)} /M`)}
          />
          <Slider
            label="Context length"
            value={context}
            min={4}
            max={1000}
            step={4}
            onChange={([from = 4, to = 1000]) => setContext([from, to])}
            format={(value) => `${formatCompact(value * 1000)} tokens`}
          />
          <Slider
            label="Latency added"
            value={[0]}
            min={0}
            max={10}
            onChange={nothing}
            disabled
            format={(s) => `${s} s`}
          />
        </div>
      </Specimen>
    </>
  );
}
