import type { GroupNeed, ModelGroup } from "./types";

// The words of the phrases that describe models, in English and the basics of German, French, Spanish, Italian and
// Portuguese. All in lower case.

const numbers: readonly (readonly [number, string])[] = [
  [1, "a an any one single ein eine einem einen einer un une uno una um uma"],
  [2, "two couple pair both zwei beide beiden deux dos ambos due dois duas"],
  [
    3,
    "three few several various multiple drei mehrere mehreren einige einigen trois plusieurs quelques tres varios varias tre três vários",
  ],
  [4, "four vier quatre cuatro quattro quatro"],
  [5, "five fünf cinq cinco cinque"],
  [6, "six sechs seis sei"],
  [7, "seven sieben sept siete sette sete"],
  [8, "eight acht huit ocho otto oito"],
  [9, "nine neun neuf nueve nove"],
  [10, "ten zehn dix diez dieci dez"],
  [12, "dozen dutzend douzaine docena"],
];

/** Numbers as words, and words that stand for a number. */
export const COUNTS: ReadonlyMap<string, number> = new Map(
  numbers.flatMap(([count, words]) => words.split(" ").map((word) => [word, count] as const)),
);

export const ALL_WORDS = new Set(
  "all every each alle allen sämtliche jedes jedem jeden tous toutes chaque todos todas cada tutti tutte".split(" "),
);

/** Models, as the last word of such a phrase or the word that the others stand around. */
export const NOUN =
  /^(?:models?|llms?|ais?|chatbots?|(?:ki|sprach|chat)?modelle?n?|kis|modèles?|modeles?|modelos?|modelli|modello|ias?)$/;
export const PLURAL_NOUN = /^(?:models|llms|ais|chatbots|\p{L}*modelle?n|kis|modèles|modeles|modelos|modelli|ias)$/u;

/** German writes what models are for in one word with them. */
export const GERMAN_COMPOUND = /^(\p{L}+?)(?:s|ungs)?(modelle?n?)$/u;

/** Say that models are meant, and nothing else of them. */
export const FILLERS = new Set(
  (
    "ai artificial intelligence language large of the these those available current chat foundation generative other " +
    "separate out there ki der die das den dem des verfügbaren les des de du la le los las el gli i os as different " +
    "distinct leading popular well-known famous strong good great random suitable appropriate companies labs " +
    "providers vendors authors source sourced weight weights assistant most moins plus más mas più"
  ).split(" "),
);

export const SPREAD_WORDS = new Set(
  (
    "different distinct various diverse separate variety mix range unterschiedliche unterschiedlichen verschiedene " +
    "verschiedenen verschiedener différents différentes divers diferentes distintos distintas diversi"
  ).split(" "),
);

const orders: readonly (readonly [NonNullable<ModelGroup["order"]>, string])[] = [
  [
    "rank",
    "best top leading strongest smartest flagship greatest finest beste besten bester bestes führenden meilleur " +
      "meilleurs meilleure meilleures mejor mejores migliori migliore melhores melhor",
  ],
  [
    "price",
    "cheapest cheap affordable inexpensive günstigste günstigsten billigste billigsten cher chers barato baratos " +
      "económicos economici baratas",
  ],
  ["speed", "fastest fast quickest quick schnellste schnellsten rapide rapides rápido rápidos"],
  [
    "newest",
    "newest latest newer recent neueste neuesten neuste neusten récent récents dernier derniers nuevo nuevos últimos",
  ],
];

export const ORDERS: ReadonlyMap<string, NonNullable<ModelGroup["order"]>> = new Map(
  orders.flatMap(([order, words]) => words.split(" ").map((word) => [word, order] as const)),
);

const needs: readonly (readonly [GroupNeed, string])[] = [
  ["free", "free gratis kostenlose kostenlosen kostenloser gratuit gratuits gratuitos gratuito"],
  ["open", "open opensource quelloffene quelloffenen"],
  ["small", "small smallest smaller lightweight tiny kleine kleinen kleinsten petits pequeños"],
  ["reasoning", "reasoning thinking"],
  ["vision", "vision multimodal"],
  ["image", "image images"],
];

export const NEEDS: ReadonlyMap<string, GroupNeed> = new Map(
  needs.flatMap(([need, words]) => words.split(" ").map((word) => [word, need] as const)),
);

const categories: Readonly<Record<string, string>> = {
  programming:
    "coding code programming programmer developer software programmier programmieren programmierung " +
    "programmation programación programação programmazione codage código",
  roleplay:
    "roleplay roleplaying role play playing creative writing storytelling story fiction " +
    "literary poetry kreative kreativen créatifs creativos",
  marketing: "marketing copywriting advertising seo werbung publicité publicidad",
  translation: "translation translating translate multilingual übersetzung übersetzungs traduction traducción",
  science:
    "science scientific math maths mathematics physics chemistry biology wissenschaft wissenschaftliche sciences ciencia",
  legal: "legal law rechts recht juridique juridiques legales",
  finance: "finance financial accounting finanz financiers finanzas",
  health: "health medical medicine healthcare medizin medizinische santé médicaux salud médicos",
  trivia: "trivia quiz knowledge",
  academia: "academia academic research scholarly akademische forschung recherche investigación",
};

/** What models are good at, with the name of its ranking. */
export const CATEGORIES: ReadonlyMap<string, string> = new Map(
  Object.entries(categories).flatMap(([category, words]) => words.split(" ").map((word) => [word, category] as const)),
);

/** Between what models are good at and "model": "coding tasks", "for legal questions". */
export const CATEGORY_NOUNS = new Set(
  "tasks task work questions problems purposes use aufgaben fragen tâches tareas".split(" "),
);
