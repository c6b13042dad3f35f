import { FEATURE_NAMES } from "./features";
import { NGRAM_BUCKETS } from "./tally";
import { TASK_TYPES } from "./task-types";
import { VOCABULARY_BUCKETS, type Vocabulary } from "./vocabulary";

/** The trained weights as they are stored; `train/train.ts` writes them. */
export type StoredWeights = {
  /** The features that the weights belong to, in order: weights of another version must not be used. */
  features: readonly string[];
  taskTypes: readonly string[];
  difficulty: {
    dense: readonly number[];
    /** What the dense features are in a usual prompt; the difference tells what decided. */
    usual: readonly number[];
    /** One signed byte per bucket, base64; times `ngramScale`. */
    ngrams: string;
    ngramScale: number;
    /** What each task type adds, as far as the prompt is likely to be of it. */
    taskTypes: readonly number[];
    /** The score of a prompt of middling difficulty, and how far scores spread. */
    center: number;
    spread: number;
  };
  taskType: {
    bias: readonly number[];
    /** By task type. */
    dense: readonly (readonly number[])[];
    /** One signed byte per task type and bucket, base64; times `ngramScale`. */
    ngrams: string;
    ngramScale: number;
  };
  /** Two bits per hashed word, base64. */
  vocabulary: string;
};

/** The same, ready for use. */
export type RouterWeights = {
  difficulty: {
    dense: Float64Array;
    usual: Float64Array;
    ngrams: Int8Array;
    ngramScale: number;
    taskTypes: Float64Array;
    center: number;
    spread: number;
  };
  taskType: {
    bias: Float64Array;
    dense: readonly Float64Array[];
    ngrams: readonly Int8Array[];
    ngramScale: number;
  };
  vocabulary: Vocabulary;
};

/** @throws Error when the weights were trained for other features or task types than the code has. */
export function decodeWeights(stored: StoredWeights): RouterWeights {
  if (!sameList(stored.features, FEATURE_NAMES) || !sameList(stored.taskTypes, TASK_TYPES)) {
    throw new Error("the Auto Router's weights belong to other features: run lib/routing/auto-router/train/train.ts");
  }
  const { difficulty, taskType } = stored;
  const typeNgrams = signedBytes(taskType.ngrams);
  const decoded = {
    difficulty: {
      dense: Float64Array.from(difficulty.dense),
      usual: Float64Array.from(difficulty.usual),
      ngrams: signedBytes(difficulty.ngrams),
      ngramScale: difficulty.ngramScale,
      taskTypes: Float64Array.from(difficulty.taskTypes),
      center: difficulty.center,
      spread: difficulty.spread,
    },
    taskType: {
      bias: Float64Array.from(taskType.bias),
      dense: taskType.dense.map((row) => Float64Array.from(row)),
      ngrams: TASK_TYPES.map((_, type) => typeNgrams.subarray(type * NGRAM_BUCKETS, (type + 1) * NGRAM_BUCKETS)),
      ngramScale: taskType.ngramScale,
    },
    vocabulary: unpackVocabulary(bytesOf(stored.vocabulary)),
  };
  const rows = [decoded.difficulty.dense, decoded.difficulty.usual, ...decoded.taskType.dense];
  const isWhole =
    rows.every((row) => row.length === FEATURE_NAMES.length) &&
    decoded.difficulty.ngrams.length === NGRAM_BUCKETS &&
    typeNgrams.length === NGRAM_BUCKETS * TASK_TYPES.length &&
    decoded.difficulty.taskTypes.length === TASK_TYPES.length &&
    decoded.taskType.bias.length === TASK_TYPES.length;
  if (!isWhole) throw new Error("the Auto Router's weights are cut off");
  return decoded;
}

function sameList(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((entry, index) => entry === right[index]);
}

// `atob` and not Buffer: this folder needs no Node.
function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

function signedBytes(base64: string): Int8Array {
  return Int8Array.from(bytesOf(base64), (byte) => (byte > 127 ? byte - 256 : byte));
}

function unpackVocabulary(packed: Uint8Array): Vocabulary {
  return Uint8Array.from({ length: VOCABULARY_BUCKETS }, (_, bucket) => {
    return ((packed[bucket >> 2] ?? 0) >> (2 * (bucket & 3))) & 3;
  });
}
