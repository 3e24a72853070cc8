package main

import (
	"sync"
	"time"
)

// acks counts the answers of all proxies and when they came.
type acks struct {
	mu      sync.Mutex
	arrived *sync.Cond
	count   int64
	times   []time.Time
}

func newAcks() *acks {
	a := &acks{}
	a.arrived = sync.NewCond(&a.mu)
	return a
}

func (a *acks) one() {
	now := time.Now()
	a.mu.Lock()
	a.count++
	a.times = append(a.times, now)
	a.mu.Unlock()
	a.arrived.Signal()
}

// restart forgets the times, and says when that was.
func (a *acks) restart() time.Time {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.times = a.times[:0]
	return time.Now()
}

func (a *acks) wait(inAll int64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for a.count < inAll {
		a.arrived.Wait()
	}
}

// since is each ACK's time after startedAt, in milliseconds.
func (a *acks) since(startedAt time.Time) []float64 {
	a.mu.Lock()
	defer a.mu.Unlock()
	ms := make([]float64, len(a.times))
	for i, at := range a.times {
		ms[i] = float64(at.Sub(startedAt).Microseconds()) / 1e3
	}
	return ms
}
