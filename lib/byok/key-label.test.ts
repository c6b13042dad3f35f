import { expect, test } from "vitest";
import { keyLabel } from "./key-label";

test.each([
  { key: "sk-proj-abcdefgh1234", label: "…1234" },
  { key: "short", label: "…" },
  { key: '{"accessKeyId":"AKIAIOSFODNN7EXAMPLE","secretAccessKey":"wJalrXUtnFEMI"}', label: "…MPLE" },
  { key: '{"client_email":"me@mine.iam.gserviceaccount.com","private_key_id":"0123456789abcdef"}', label: "…cdef" },
  { key: '{"client_email":"me@mine.iam.gserviceaccount.com","private_key":"secret"}', label: "….com" },
  { key: '[{"api_key":"abcdefgh-12345678"},{"api_key":"b"}]', label: "…5678 and 1 more" },
  { key: '{"something":"else"}', label: "…" },
])("$label", ({ key, label }) => expect(keyLabel(key)).toBe(label));
