/*
**  tcpip$inetdef - TCP/IP Services
*/
#ifndef SHIM_TCPIP_INETDEF_H
#define SHIM_TCPIP_INETDEF_H

/* Address family: the socket that the auxiliary server started this process for. */
#define TCPIP$C_AUXS 127
#define TCPIP$C_AF_INET 2
#define TCPIP$C_AF_INET6 26
#define TCPIP$C_STREAM 1
#define TCPIP$C_DGRAM 2
#define TCPIP$C_TCP 6
#define TCPIP$C_UDP 17

#endif
