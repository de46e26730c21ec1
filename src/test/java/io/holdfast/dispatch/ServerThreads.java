package io.holdfast.dispatch;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;

/** Threads that know the application, as the turn workers' do; a test class is no bean and gets no resource. */
@ApplicationScoped
class ServerThreads {

    @Resource
    private ManagedThreadFactory threads;

    ManagedThreadFactory factory() {
        return threads;
    }
}
