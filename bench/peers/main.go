// A control plane on go-control-plane, driven by bench/xds: one command a line on stdin, one answer a line on stdout. The peer of
// bench/xds/server.ts, with the same resources and the same counting.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"syscall"
)

type command struct {
	Cmd string `json:"cmd"`
	// setup
	Scenario scenario `json:"scenario"`
	// change: the number of the change; await and change: ACKs in all that must have come
	Number int   `json:"number"`
	Acks   int64 `json:"acks"`
}

func main() {
	log.SetFlags(0)
	var current *peer
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(make([]byte, 64*1024), 16*1024*1024)
	for lines.Scan() {
		var cmd command
		if err := json.Unmarshal(lines.Bytes(), &cmd); err != nil {
			log.Fatalf("peers: %v", err)
		}
		switch cmd.Cmd {
		case "setup":
			made, err := newPeer(os.Args[1], cmd.Scenario)
			if err != nil {
				log.Fatalf("peers: %v", err)
			}
			current = made
			answer(map[string]any{"port": made.port})
		case "await":
			current.acks.wait(cmd.Acks)
			answer(map[string]any{})
		case "change":
			answer(current.change(cmd.Number, cmd.Acks))
		case "usage":
			answer(map[string]any{"cpuMs": cpuMs()})
		default:
			log.Fatalf("peers: no command %q", cmd.Cmd)
		}
	}
}

func answer(value map[string]any) {
	text, err := json.Marshal(value)
	if err != nil {
		log.Fatalf("peers: %v", err)
	}
	fmt.Println(string(text))
}

// cpuMs is what this process has used, user and system, all threads.
func cpuMs() float64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		log.Fatalf("peers: %v", err)
	}
	ms := func(t syscall.Timeval) float64 { return float64(t.Sec)*1e3 + float64(t.Usec)/1e3 }
	return ms(usage.Utime) + ms(usage.Stime)
}
