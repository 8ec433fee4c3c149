/** How a band fares against what is true. */
export interface Quality {
  precision: number;
  recall: number;
  f1: number;
  tp: number;
  fp: number;
  fn: number;
}

/** @param tp true pairs that were found @param fp pairs that were found and are not true @param all true pairs there are */
export function qualityOf(tp: number, fp: number, all: number): Quality {
  const precision = tp + fp > 0 ? tp / (tp + fp) : 1;
  const recall = tp / all;
  return { precision, recall, f1: tp > 0 ? (2 * precision * recall) / (precision + recall) : 0, tp, fp, fn: all - tp };
}
