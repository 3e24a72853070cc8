package main

import (
	"context"
	"fmt"
	"net"
	"strconv"
	"time"

	discovery "github.com/envoyproxy/go-control-plane/envoy/service/discovery/v3"
	"github.com/envoyproxy/go-control-plane/pkg/cache/types"
	"github.com/envoyproxy/go-control-plane/pkg/cache/v3"
	"github.com/envoyproxy/go-control-plane/pkg/resource/v3"
	"github.com/envoyproxy/go-control-plane/pkg/server/sotw/v3"
	"github.com/envoyproxy/go-control-plane/pkg/server/v3"
	"google.golang.org/grpc"
	"google.golang.org/grpc/keepalive"
)

// publisher puts the present contents before the proxies; number is the number of the change.
type publisher func(number int) error

type peer struct {
	port     int
	scenario scenario
	contents *contents
	publish  publisher
	acks     *acks
}

func newPeer(kind string, s scenario) (*peer, error) {
	loaded, err := load(s)
	if err != nil {
		return nil, err
	}
	p := &peer{scenario: s, contents: loaded, acks: newAcks()}
	var served cache.Cache
	switch kind {
	case "snapshot":
		served, p.publish = snapshots(p)
	case "linear":
		served, p.publish = linear(p)
	default:
		return nil, fmt.Errorf("no peer %q", kind)
	}
	if err := p.publish(0); err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	p.port = listener.Addr().(*net.TCPAddr).Port
	// As go-control-plane's own example sets it up, with our keepalive.
	g := grpc.NewServer(
		grpc.MaxConcurrentStreams(1_000_000),
		grpc.KeepaliveParams(keepalive.ServerParameters{Time: 10 * time.Second, Timeout: 5 * time.Second}),
		grpc.KeepaliveEnforcementPolicy(keepalive.EnforcementPolicy{MinTime: 30 * time.Second, PermitWithoutStream: true}),
	)
	callbacks := server.CallbackFuncs{
		StreamRequestFunc: func(_ int64, request *discovery.DiscoveryRequest) error {
			if request.ResponseNonce != "" {
				p.acks.one()
			}
			return nil
		},
		StreamDeltaRequestFunc: func(_ int64, request *discovery.DeltaDiscoveryRequest) error {
			if request.ResponseNonce != "" {
				p.acks.one()
			}
			return nil
		},
	}
	xds := server.NewServer(context.Background(), served, callbacks, sotw.WithOrderedADS())
	discovery.RegisterAggregatedDiscoveryServiceServer(g, xds)
	go func() { _ = g.Serve(listener) }()
	return p, nil
}

// change publishes the next content and waits for every ACK; times are from before the content is built, in milliseconds.
func (p *peer) change(number int, acksInAll int64) map[string]any {
	startedAt := p.acks.restart()
	p.contents.change(number)
	if err := p.publish(number); err != nil {
		return map[string]any{"error": err.Error()}
	}
	p.acks.wait(acksInAll)
	return map[string]any{"ackMs": p.acks.since(startedAt)}
}

// snapshots serves by SnapshotCache: one snapshot for all proxies, or one a proxy. With subscriptions to parts of a snapshot the cache's ADS
// flag must be off: with it, a request that does not name every resource is never answered.
func snapshots(p *peer) (cache.Cache, publisher) {
	held := cache.NewSnapshotCache(p.scenario.Shape != "distinct", hash{perNode: p.scenario.Shape == "per-node"}, nil)
	layerVersion, routesVersion := "0", "0"
	return held, func(number int) error {
		// A version a type: what did not change is not sent again.
		if p.scenario.Change == "weight" {
			layerVersion = strconv.Itoa(number)
		} else {
			routesVersion = strconv.Itoa(number)
		}
		set := func(group string, routes []types.Resource) error {
			snapshot := &cache.Snapshot{}
			snapshot.Resources[types.Route] = cache.NewResources(routesVersion, routes)
			snapshot.Resources[types.Runtime] = cache.NewResources(layerVersion, []types.Resource{p.contents.layer})
			return held.SetSnapshot(context.Background(), group, snapshot)
		}
		if p.scenario.Shape != "per-node" {
			return set("bench", p.contents.allRoutes())
		}
		for proxy := range p.scenario.Proxies {
			if err := set(nodeID(proxy), p.contents.routesOf(proxy)); err != nil {
				return err
			}
		}
		return nil
	}
}

// linear serves by one LinearCache a type, joined by a MuxCache; it knows no nodes.
func linear(p *peer) (cache.Cache, publisher) {
	routes := cache.NewLinearCache(resource.RouteType)
	layers := cache.NewLinearCache(resource.RuntimeType)
	first := map[string]types.Resource{}
	for _, r := range p.contents.allRoutes() {
		first[cache.GetResourceName(r)] = r
	}
	routes.SetResources(first)
	layers.SetResources(map[string]types.Resource{p.contents.layer.Name: p.contents.layer})
	mux := &cache.MuxCache{
		Classify:      func(request *cache.Request) string { return request.TypeUrl },
		ClassifyDelta: func(request *cache.DeltaRequest) string { return request.TypeUrl },
		Caches:        map[string]cache.Cache{resource.RouteType: routes, resource.RuntimeType: layers},
	}
	return mux, func(number int) error {
		if number == 0 {
			return nil
		}
		if p.scenario.Change == "weight" {
			return layers.UpdateResource(p.contents.layer.Name, p.contents.layer)
		}
		changed := p.contents.shared[len(p.contents.shared)/2]
		return routes.UpdateResource(changed.Name, changed)
	}
}
