export type PageAction = {
  label: string;
  /** What it is also found by. */
  keywords?: readonly string[];
  run: () => void;
};

type Offer = () => readonly PageAction[];

const offers = new Set<Offer>();

/** Lets the command palette find what can be done on the page in view. @returns what ends it */
export function offerPageActions(offer: Offer): () => void {
  offers.add(offer);
  return () => void offers.delete(offer);
}

/** What can be done on the page in view now. */
export function pageActions(): readonly PageAction[] {
  return [...offers].flatMap((offer) => offer());
}
