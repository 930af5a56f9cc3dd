/** Whether a model may take the place of the current one: two models on the same pictures, and the rule between them. */
package io.github.resnetspark.job.promote;
