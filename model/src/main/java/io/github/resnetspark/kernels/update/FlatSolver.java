package io.github.resnetspark.kernels.update;

import java.util.Collection;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.deeplearning4j.optimize.Solver;
import org.deeplearning4j.optimize.api.ConvexOptimizer;
import org.deeplearning4j.optimize.api.TrainingListener;

/** DL4J's solver with {@link FlatDescent} as its optimizer. */
public final class FlatSolver extends Solver {
    private final FlatDescent descent;

    public FlatSolver(ComputationGraph network) {
        this.descent = new FlatDescent(network);
    }

    @Override
    public void optimize(LayerWorkspaceMgr workspaces) {
        descent.optimize(workspaces);
    }

    @Override
    public void initOptimizer() {
        // Created in the constructor, not on first use.
    }

    @Override
    public ConvexOptimizer getOptimizer() {
        return descent;
    }

    @Override
    public void setListeners(Collection<TrainingListener> listeners) {
        descent.setListeners(listeners);
    }
}
