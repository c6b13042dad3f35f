import { OCR_PAGE_PRICE } from "@/lib/billing/price-generation";
import { AppError, invalidField } from "@/lib/errors";
import { ceilToNano, type NanoUsd } from "@/lib/money";
import { type Handling, handlingOf } from "@/lib/plugins/file-parser/handling";
import { annotationOf, renderFile } from "@/lib/plugins/file-parser/parsed-file";
import { type ParserSettings, parserSettingsOf } from "@/lib/plugins/file-parser/parser-settings";
import { recalledFiles } from "@/lib/plugins/file-parser/recalled-files";
import { ocrAccess } from "@/lib/providers/read-by-ocr";
import type { ChatRequest, ContentPart } from "@/lib/schemas/chat-request";
import type { Endpoint, Model } from "@/lib/schemas/endpoint";
import type { FileAnnotation } from "@/lib/schemas/file-annotation";
import { abortSignalOf, type ClientSignal } from "./client-signal";
import type { FilePlace } from "./file-places";
import type { PromptNeeds } from "./needs-of";
import { type FileRead, type FileReader, ocrPagesOf, readFileByOcr, readFileHere, unreadable } from "./read-file";
import { withParts } from "./replace-parts";

/** Pages that are reckoned with where nobody knows how many there are: behind an address, or for a mere fallback. */
const PAGES_ASSUMED = 20;
/** Of a page of dense print. */
const TOKENS_PER_PAGE = 1_000;

type Target = { model: Model; endpoint: Endpoint };

/**
 * The files of one request: each is read when an endpoint needs it as text, and once, however many endpoints are tried.
 * What was read, and what is to be paid for it, is told with the answer.
 */
export class FileDesk {
  private readonly places: readonly FilePlace[];
  private readonly settings: ParserSettings;
  private readonly reader: FileReader;
  /** By what the part holds. */
  private readonly readings = { text: new Map<string, Promise<FileRead>>(), ocr: new Map<string, Promise<FileRead>>() };
  private readonly told = new Map<string, FileAnnotation>();
  /** What the request holds in the place of parts that were read ahead. */
  private readonly replaced = new Map<ContentPart, readonly ContentPart[]>();
  private heldPages = 0;
  private boughtPages = 0;
  private notices: string[] = [];

  /** @throws AppError `invalid_request` for more files than the request allows */
  constructor(places: readonly FilePlace[], request: ChatRequest, accountId: string, client: ClientSignal) {
    this.places = places;
    this.settings = parserSettingsOf(request);
    this.reader = { accountId, signal: abortSignalOf(client), recalled: recalledFiles(request.messages) };
    const { maxFiles } = this.settings;
    const tooMany = maxFiles === undefined ? undefined : places[maxFiles];
    if (tooMany !== undefined)
      throw invalidField(tooMany.field, `is one file more than max_files (${maxFiles}) allows`);
  }

  /** Pages that were read by OCR so far. */
  get ocrPages(): number {
    return this.boughtPages;
  }

  /** What was read so far, for the client to send back; not what came back with this request. */
  get annotations(): readonly FileAnnotation[] {
    return [...this.told.values()];
  }

  /**
   * The request with the words of those files that every endpoint in question gets as text, so that it is planned and
   * paid for by what it really holds. The others wait until an endpoint is tried that needs them.
   *
   * @throws AppError `invalid_request` for a file that none of them can get
   */
  async readAhead(
    request: ChatRequest,
    models: readonly Model[],
    isReachable: (endpoint: Endpoint) => boolean,
  ): Promise<ChatRequest> {
    const targets = models.flatMap((model) =>
      model.endpoints.filter(isReachable).map((endpoint): Target => ({ model, endpoint })),
    );
    for (const place of this.places) {
      const handlings = new Set(targets.map((target) => this.handlingOf(place, target)));
      const [first, ...others] = handlings;
      if (first === undefined) continue;
      if (handlings.has("ocr") || handlings.has("ocr-or-text")) {
        const isSure = others.length === 0;
        this.heldPages += (isSure ? await ocrPagesOf(place, this.reader) : undefined) ?? PAGES_ASSUMED;
      }
      if (others.length > 0) continue;
      if (first === "unreadable") throw unreadable(place);
      // What is read here has no pictures, except what came back with an annotation of OCR: those are left out then.
      if (first === "text") this.replaced.set(place.part, this.render(place, await this.readHere(place), undefined));
    }
    return withParts(request, this.replaced);
  }

  /** What has to be said in the route since this was asked last. */
  takeNotices(): readonly string[] {
    const { notices } = this;
    this.notices = [];
    return notices;
  }

  /** Adds what was read to the refusal of a request, so that a client that tries again need not have it read again. */
  tellWith(error: unknown): void {
    const { annotations } = this;
    if (error instanceof AppError && error.metadata !== undefined && annotations.length > 0)
      Object.assign(error.metadata, { file_annotations: annotations });
  }

  /** What the request needs, with what files that are read later may add. */
  costing(needs: PromptNeeds): PromptNeeds {
    if (this.heldPages === 0) return needs;
    const tokens = this.heldPages * TOKENS_PER_PAGE;
    return {
      ...needs,
      promptTokensBound: needs.promptTokensBound + tokens,
      extraTokensBound: needs.extraTokensBound + tokens,
      ownCostBound: pagesCost(this.heldPages),
    };
  }

  /**
   * The request as this endpoint gets it; itself where nothing is to be read for it.
   *
   * @throws AppError (rejects) naming the file that cannot be read
   */
  async requestFor(request: ChatRequest, target: Target): Promise<ChatRequest> {
    const parts = new Map<ContentPart, readonly ContentPart[]>();
    for (const place of this.places) {
      if (this.replaced.has(place.part)) continue;
      const handling = this.handlingOf(place, target);
      const rendered = await this.partsFor(place, handling, target);
      if (rendered !== undefined) parts.set(place.part, rendered);
    }
    return withParts(request, parts);
  }

  private async partsFor(
    place: FilePlace,
    handling: Handling,
    target: Target,
  ): Promise<readonly ContentPart[] | undefined> {
    switch (handling) {
      case "native":
        return undefined;
      case "unreadable":
        throw unreadable(place);
      case "image":
        return [{ type: "image_url", image_url: { url: place.part.file.file_data ?? "" } }];
      case "text":
        return this.render(place, await this.readHere(place), target);
      case "ocr":
        return this.render(place, await this.readByOcr(place), target);
      case "ocr-or-text":
        return this.render(place, await this.readSomehow(place), target);
    }
  }

  private handlingOf(place: FilePlace, { model, endpoint }: Target): Handling {
    const taken = endpoint.fact.inputModalities ?? model.fact.inputModalities;
    const able = { takesFiles: taken.includes("file"), seesImages: taken.includes("image") };
    return handlingOf(place.kind, this.settings, able, ocrAccess() === "live");
  }

  private render(
    place: FilePlace,
    { parsed, isRecalled }: FileRead,
    target: Target | undefined,
  ): readonly ContentPart[] {
    if (!isRecalled) this.told.set(parsed.hash, annotationOf(parsed, place.name));
    return renderFile(parsed, place.name, {
      seesImages: seesImages(target),
      cacheControl: place.part.cache_control,
    });
  }

  private readHere(place: FilePlace): Promise<FileRead> {
    return this.once(place, "text", () => readFileHere(place, this.reader));
  }

  private readByOcr(place: FilePlace): Promise<FileRead> {
    return this.once(place, "ocr", async () => {
      const read = await readFileByOcr(place, this.reader);
      this.boughtPages += read.ocrPages;
      return read;
    });
  }

  /** OCR is the usual way here, but nobody asked for it: when it fails, words are better than none. */
  private async readSomehow(place: FilePlace): Promise<FileRead> {
    try {
      return await this.readByOcr(place);
    } catch (error) {
      if (!(error instanceof AppError) || this.reader.signal.aborted) throw error;
      const read = await this.readHere(place).catch(() => undefined);
      if (read === undefined) throw error;
      this.notices.push("a file was read with pdf-text, because mistral-ocr failed");
      return read;
    }
  }

  /** The same file often stands in a request several times. */
  private once({ part }: FilePlace, engine: "text" | "ocr", read: () => Promise<FileRead>): Promise<FileRead> {
    const readings = this.readings[engine];
    const key = part.file.file_data ?? "";
    let reading = readings.get(key);
    if (reading === undefined) {
      reading = read();
      // Whoever needs it hears of its failure; if nobody does, it is no failure of the process.
      reading.catch(() => undefined);
      readings.set(key, reading);
    }
    return reading;
  }
}

function seesImages(target: Target | undefined): boolean {
  if (target === undefined) return false;
  return (target.endpoint.fact.inputModalities ?? target.model.fact.inputModalities).includes("image");
}

function pagesCost(pages: number): NanoUsd {
  return ceilToNano(BigInt(pages) * OCR_PAGE_PRICE);
}
