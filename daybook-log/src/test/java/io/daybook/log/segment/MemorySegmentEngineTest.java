package io.daybook.log.segment;

class MemorySegmentEngineTest extends SegmentEngineContract {
    private final MemorySegmentEngine engine = new MemorySegmentEngine();

    @Override
    protected SegmentEngine start() {
        return engine;
    }

    @Override
    protected boolean step() {
        return engine.runNext();
    }

    @Override
    protected void breakDrive() {
        engine.failSyncs();
    }

    @Override
    protected void crash() {
        engine.crash();
    }
}
