// Every explorer by the name of its module.
import { explorer as context_window } from './context_window.js';
import { explorer as cost } from './cost.js';
import { explorer as cross_entropy } from './cross_entropy.js';
import { explorer as center_vector } from './center_vector.js';
import { explorer as negative_sampling } from './negative_sampling.js';
import { explorer as noise_distribution } from './noise_distribution.js';
import { explorer as one_step } from './one_step.js';
import { explorer as outside_vectors } from './outside_vectors.js';
import { explorer as own_words } from './own_words.js';
import { explorer as sigmoid } from './sigmoid.js';
import { explorer as skip_gram_sum } from './skip_gram_sum.js';
import { explorer as sweep } from './sweep.js';
import { explorer as training_replay } from './training_replay.js';

export const figures = {
  context_window,
  cost,
  cross_entropy,
  center_vector,
  negative_sampling,
  noise_distribution,
  one_step,
  outside_vectors,
  own_words,
  sigmoid,
  skip_gram_sum,
  sweep,
  training_replay,
};
