/**
 * The command line, which is also the main class for spark-submit: one class for each command, listed in
 * {@code ResNetSpark}. A command reads its recipe, calls one class of another package and returns an {@code Outcome}; what
 * all of them have in common is in {@code job.cli.frame}.
 *
 * <p>May use {@code analysis}, {@code bundle}, {@code file}, {@code image}, {@code job.analyze}, {@code job.cli.frame},
 * {@code job.dataset}, {@code job.describe}, {@code job.evaluate}, {@code job.metrics}, {@code job.preflight}, {@code job.promote},
 * {@code job.quickstart}, {@code job.recipe}, {@code job.registry}, {@code job.report}, {@code job.retrain},
 * {@code job.run}, {@code job.score}, {@code message.job}, {@code network}, {@code onnx}, {@code predict},
 * {@code prepare}, {@code recipe}, {@code shard}, {@code source}, {@code spark}, {@code terminal}, {@code text},
 * {@code verify}.
 */
package io.github.resnetspark.job.cli;
