import { crc32, deflateRawSync, deflateSync } from "node:zlib";

type PdfOptions = {
  /** Content streams are packed. */
  packed?: boolean;
  /** A password is needed to open it. */
  encrypted?: boolean;
};

/** A real PDF with a text on each page. */
export function makePdf(pages: readonly string[], options: PdfOptions = {}): Buffer {
  const kids = pages.map((_, index) => `${4 + 2 * index} 0 R`).join(" ");
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Count ${pages.length} /Kids [${kids}] >>`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ...pages.flatMap((text, index) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + 2 * index} 0 R >>`,
      stream(text === "" ? "" : linesOf(text), options.packed === true),
    ]),
  ];
  if (!options.encrypted) return assemble(objects, "");
  objects.push(`<< /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <${"a1".repeat(32)}> /U <${"b2".repeat(32)}> >>`);
  return assemble(objects, ` /Encrypt ${objects.length} 0 R /ID [<${"c3".repeat(16)}> <${"c3".repeat(16)}>]`);
}

/** A small PDF whose one page shows the same text `2 ** depth` times: more than anybody can wait for. */
export function makeEndlessPdf(depth = 40): Buffer {
  const form = (content: string, resources: string) =>
    `<< /Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources << ${resources} >> /Length ${content.length} >>\nstream\n${content}\nendstream`;
  const font = "/Font << /F1 3 0 R >>";
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Count 1 /Kids [4 0 R] >>",
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /XObject << /X 6 0 R >> >> /Contents 5 0 R >>",
    stream("/X Do", false),
    ...Array.from({ length: depth }, (_, level) => form("/X Do /X Do", `${font} /XObject << /X ${7 + level} 0 R >>`)),
    form("BT /F1 12 Tf 72 720 Td (again) Tj ET", font),
  ];
  return assemble(objects, "");
}

/** A Word document with these paragraphs, a heading before them and a table after them. */
export function makeDocx(paragraphs: readonly string[]): Buffer {
  const paragraph = (text: string) => `<w:p><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
  const cell = (text: string) => `<w:tc>${paragraph(text)}</w:tc>`;
  const body = [
    '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Heading</w:t></w:r></w:p>',
    ...paragraphs.map(paragraph),
    `<w:tbl><w:tr>${cell("left cell")}${cell("right cell")}</w:tr></w:tbl>`,
  ].join("");
  const word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
  const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument";
  const styles = `<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>`;
  return makeZip({
    "[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`,
    "_rels/.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${office}" Target="word/document.xml"/></Relationships>`,
    "word/styles.xml": `<w:styles xmlns:w="${word}">${styles}</w:styles>`,
    "word/document.xml": `<w:document xmlns:w="${word}"><w:body>${body}</w:body></w:document>`,
  });
}

/** A ZIP archive. `saidBytes`: what it says of the size of each of its files, true or not. */
export function makeZip(files: Readonly<Record<string, string>>, saidBytes?: number): Buffer {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  let at = 0;
  for (const [name, text] of Object.entries(files)) {
    const data = Buffer.from(text);
    const packed = deflateRawSync(data);
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(8, 4);
    facts.writeUInt32LE(crc32(data), 10);
    facts.writeUInt32LE(packed.length, 14);
    facts.writeUInt32LE(saidBytes ?? data.length, 18);
    facts.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04"), facts, Buffer.from(name), packed]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    entries.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\0", "latin1"), facts, place, Buffer.from(name)]));
    locals.push(local);
    at += local.length;
  }
  const directory = Buffer.concat(entries);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, directory, end]);
}

/** The bytes as a data URL. */
export function dataUrlOf(bytes: Buffer | string, mediaType = "application/pdf"): string {
  return `data:${mediaType};base64,${Buffer.from(bytes).toString("base64")}`;
}

function linesOf(text: string): string {
  const lines = text.split("\n").map((line) => `(${line.replace(/[\\()]/g, "\\$&")}) Tj 0 -14 Td`);
  return `BT /F1 12 Tf 72 720 Td ${lines.join(" ")} ET`;
}

function stream(content: string, packed: boolean): string {
  const data = packed ? deflateSync(content).toString("latin1") : content;
  return `<< /Length ${data.length}${packed ? " /Filter /FlateDecode" : ""} >>\nstream\n${data}\nendstream`;
}

function assemble(objects: readonly string[], trailer: string): Buffer {
  let pdf = "%PDF-1.4\n";
  const places = objects.map((object, index) => {
    const at = pdf.length;
    pdf += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(at).padStart(10, "0")} 00000 n \n`;
  });
  const table = pdf.length;
  pdf += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join("")}`;
  pdf += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R${trailer} >>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(pdf, "latin1");
}
