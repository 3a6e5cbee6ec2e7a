// Asks for TXT records through c-ares with a bounded number in flight, and compares each answer with what the file says.
//   cares PORT FILE QUERIES IN_FLIGHT
#include <ares.h>
#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct question { char name[128]; char value[256]; };

static ares_channel channel;
static struct question *questions;
static long total, sent, completed, wrong, waiting;

static void ask(void);

static void on_answer(void *argument, int status, int timeouts, unsigned char *buffer, int length)
{
    (void)timeouts;
    struct question *asked = argument;
    struct ares_txt_reply *reply = NULL;
    waiting--;
    if (status == ARES_EDESTRUCTION)
    {
        return;
    }
    if (status == ARES_SUCCESS && ares_parse_txt_reply(buffer, length, &reply) == ARES_SUCCESS)
    {
        completed++;
        wrong += strlen(asked->value) != reply->length || memcmp(asked->value, reply->txt, reply->length) != 0;
        ares_free_data(reply);
    }
    if (sent < total)
    {
        ask();
    }
}

static void ask(void)
{
    struct question *next = &questions[sent++];
    waiting++;
    ares_query(channel, next->name, 1, 16, on_answer, next);
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int main(int count, char **arguments)
{
    if (count != 5)
    {
        return 2;
    }
    total = atol(arguments[3]);
    long window = atol(arguments[4]);
    questions = calloc((size_t)total, sizeof *questions);
    FILE *file = fopen(arguments[2], "r");
    for (long i = 0; i < total && fscanf(file, "%127s %255s", questions[i].name, questions[i].value) == 2; i++)
    {
    }
    fclose(file);
    struct ares_options options = { .udp_port = (unsigned short)atoi(arguments[1]), .timeout = 2000, .tries = 2,
        .flags = ARES_FLAG_NOSEARCH | ARES_FLAG_NOALIASES | ARES_FLAG_EDNS, .ednspsz = 1232, .socket_receive_buffer_size = 1 << 22 };
    struct in_addr address = { htonl(INADDR_LOOPBACK) };
    options.servers = &address;
    options.nservers = 1;
    ares_library_init(ARES_LIB_INIT_ALL);
    if (ares_init_options(&channel, &options, ARES_OPT_FLAGS | ARES_OPT_UDP_PORT | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES
        | ARES_OPT_SERVERS | ARES_OPT_EDNSPSZ | ARES_OPT_SOCK_RCVBUF) != ARES_SUCCESS)
    {
        return 1;
    }
    double started = now();
    while (sent < total && waiting < window)
    {
        ask();
    }
    while (waiting > 0)
    {
        ares_socket_t sockets[ARES_GETSOCK_MAXNUM];
        struct pollfd polled[ARES_GETSOCK_MAXNUM];
        int mask = ares_getsock(channel, sockets, ARES_GETSOCK_MAXNUM), used = 0;
        for (int i = 0; i < ARES_GETSOCK_MAXNUM; i++)
        {
            if (ARES_GETSOCK_READABLE(mask, i))
            {
                polled[used++] = (struct pollfd){ .fd = sockets[i], .events = POLLIN };
            }
        }
        if (poll(polled, (nfds_t)used, 100) == 0)
        {
            ares_process_fd(channel, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
        }
        for (int i = 0; i < used; i++)
        {
            if (polled[i].revents != 0)
            {
                ares_process_fd(channel, polled[i].fd, ARES_SOCKET_BAD);
            }
        }
    }
    printf("Queries sent: %ld\nQueries completed: %ld\nWrong answers: %ld\nRun time (s): %.6f\n", sent, completed, wrong, now() - started);
    return 0;
}
