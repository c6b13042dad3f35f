// What can be chosen in a room of the chat. Apart from the schemas, so that the page need not load those to be shown.

export const REASONING_CHOICES = ["auto", "off", "none", "minimal", "low", "medium", "high", "xhigh", "max"] as const;
export type ReasoningChoice = (typeof REASONING_CHOICES)[number];

export const ASPECT_RATIOS = ["1:1", "2:3", "3:2", "3:4", "4:3", "4:5", "5:4", "9:16", "16:9", "21:9"] as const;

export const PDF_ENGINES = ["auto", "native", "pdf-text", "mistral-ocr"] as const;
