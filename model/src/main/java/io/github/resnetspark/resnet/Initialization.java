package io.github.resnetspark.resnet;

/**
 * How the weights of convolutions start: N(0, 2 / fan) (He et al. 2015, «Delving Deep into Rectifiers», section 2.2). A
 * stride makes the two differ more, for a pixel then goes to fewer outputs than are counted.
 */
public enum Initialization {
    /** The fan is in · height · width: keeps the variance of activations on their way forward. */
    HE_FAN_IN,
    /** The fan is out · height · width: keeps the variance of gradients on their way back; what the torch codes take. */
    HE_FAN_OUT
}
