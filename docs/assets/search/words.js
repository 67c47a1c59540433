// Words that mean one thing to a reader who searches: a line a meaning, Korean verbs by their stem. For engine.js.
// A line's words find each other, the others a little less than the one that was typed.
globalThis.searchWords = `
도커 docker
컨테이너 container 콘테이너 컨테이나
이미지 image 이미지파일
볼륨 volume 볼륨마운트 저장소
네트워크 network 네트웍 통신 communicate talk
레지스트리 registry 허브 hub 저장소
리포지터리 리포지토리 repository 저장소
태그 tag 꼬리표 태깅
다이제스트 digest 해시 sha256
레이어 layer 층 계층
데몬 daemon dockerd 엔진 engine
컴포즈 compose 도커컴포즈 docker-compose
도커파일 dockerfile
빌드 build 만들 빌더 builder buildkit buildx
캐시 cache 캐쉬
컨텍스트 context 문맥
마운트 mount 바인드 bind 붙이
포트 port 포워딩 publish -p --publish 공개 게시 외부
환경변수 env environment -e --env
호스트 host
서비스 service
프로세스 process pid 프로세서
셸 shell bash sh 쉘 콘솔 배쉬 배시 베시
터미널 terminal tty -t -it 콘솔 명령창
프롬프트 prompt
가상머신 vm virtual 버추얼 버츄얼
리눅스 linux 우분투 ubuntu 데비안 debian
윈도우 windows 윈도우즈 윈도 wsl powershell
맥 mac macos 맥북
데스크톱 desktop 데스크탑
권한 permission denied 거부 거절 sudo sodu 루트 root 관리자 퍼미션
그룹 group usermod
설치 install installation setup 셋업 인스톨 깔 get-docker apt
삭제 지우 제거 없애 rm remove delete rmi prune 청소 정리 비우 --rm dangling 초기화 리셋 reset 클린 clean 클리어 purge erase tidy reclaim
내려받 다운로드 다운받 다운 download pull 받아오 받 풀 가져오 fetch grab
올리 업로드 push 푸시 푸쉬 upload 배포 게시
실행 run 돌리 돌아가 런 띄우 뜨 구동 기동 ran 켜놓 켜두 켜둔
시작 start 켜 스타트 기동 startup launch begin
재부팅 reboot 부팅 boot
이름풀이 dns resolve resolution hostname 호스트네임 upstream enotfound eai_again getaddrinfo 호스트이름
재시작 restart 다시시작 리스타트 되살리 재기동 다시켜 resume revive 리부팅 리부트
멈추 graceful shutdown 셧다운 중지 정지 stop 스톱 끄 꺼 종료 kill 세우 중단
끝내 종료 나가 exit exited leave 빠져나오 나오 quit detach
강제 kill sigkill 137 --force -f
연결 attach 접속 붙 어태치 들어가 exec 접근 connect enter
들어가 enter inside exec
접근 access 접속
목록 list ls ps images 리스트 보기 조회 확인
로그인 login 로그아웃 logout 인증 auth
로그 log logs 기록 printed 로깅
로캘 locale 로케일
시간대 timezone 타임존 tz tzdata 시차 clock
프록시 proxy
이름 name --name names 네임 명칭 rename
버전 version 버젼 -v --version
오류 에러 error failed 실패 안되 안돼 잘못 문제 fails problem issue wrong broken
없 unable notfound nosuch 'no
검색 search 찾 서치
복사 copy cp 카피 옮기 꺼내 가져오 move 빼오 빼내 집어넣
백업 backup 복원 restore
용량 size 크기 사이즈 디스크 disk df 공간 space storage 하드 하드디스크 hdd ssd
메모리 memory 램 ram -m oom
줄이 커 커요 크 줄여 줄임 작은 작 무거 가벼 다이어트 light lightweight big huge large heavy slim alpine distroless 경량 reduce shrink small smaller
로컬 local localhost 로컬호스트 127.0.0.1 내컴퓨터
save load tar 내보내 세이브
바깥 외부 밖 external
자동 저절로 auto always 항상 언제나
사용자 user -u --user 유저 whoami
nonroot non-root 일반사용자
따라 지켜보 실시간 follow -f --follow tail --tail
늦 느리 느려 오래 기다리 slow slowly forever wait 느려터 버벅 렉 delay
까닭 원인 이유
죽 종료 crash crashed crashes crashing die dies died dead dying 뻗 튕기 튕겨 튕겼 튕김
제한 limit limits 한도 quota
상태 status 종료상태 코드 code
종료코드 종료상태 exit 125 126 127 137
시간 시각 created time
차이 다른점 비교 vs 다르 구별 difference compare versus
바꾸 바뀌 달라지 달라진 변경 change override
모두 전부 모든 전체 싹 all every everything
반영 reload refresh 리로드 핫리로드 동기화 sync 싱크 watch 워치
무엇 뜻 의미 개념 정의 explain understand
백그라운드 background detach -d 뒤 분리 데몬
대화형 interactive -i -it
공유 share 함께 나누 보내 send 전달
한번에 한꺼번에 동시에 여럿 여러 together multiple several 한방 한큐 다같이
부족 모자라 가득 꽉 full nospace
보안 security 비밀 secret 시크릿
비밀번호 암호 비번 password passwd 패스워드 credentials credential
주소 ip address 아이피
파일 file files 화일
폴더 디렉터리 디렉토리 directory directories folder 경로 path
변수 variable
명령 command cmd 커맨드 명령어
진입점 entrypoint 엔트리포인트
헬스체크 healthcheck 건강 health
아키텍처 architecture platform 플랫폼 arm amd64 아키텍쳐 멀티아키 애플칩 silicon intel arch
다단계 멀티스테이지 multistage multi-stage 스테이지 단계
최신 latest 라테스트 레이티스트
공식 official library
디비 database db 데이터베이스 mysql postgres
웹서버 nginx 웹 web 엔진엑스
지원 support
유료 무료 라이선스 license 돈 요금 paid free
로테이션 rotation rotate 순환 max-size
설정 config configuration setting 구성 셋팅 세팅 settings
디버깅 debug debugging troubleshoot troubleshooting 살펴보 훑어보 엿보 뒤지 peek look details
빠르 빨라 빨리 fast faster quick quickly speed 속도 최적화 optimize
보존 persist persistent persistence 유지 보관
취약점 vulnerability cve scan
소유자 owner ownership chown 소유권
이전 migrate migration 이사 이관
업그레이드 upgrade downgrade
스웜 swarm 스왐 이중화 오케스트레이션 orchestration orchestrate 클러스터 cluster
디플로이 deploy deployment 배포 production 릴리즈 릴리스 release ship deliver
방화벽 firewall iptables
오프라인 offline 폐쇄망 air-gapped
순서 order
의존성 dependency 의존
포그라운드 foreground
파이프라인 pipeline ci
인자 인수 argument arg 아규먼트 아큐먼트 파라미터 매개변수 인자값 parameter parameters
사설 private 자체 self-hosted 사내
cpu 씨피유
롤백 rollback 되돌리 revert undo 복구 예전 old outdated stale
먹통 응답 hang hangs stuck freeze frozen respond responding response 멈추
검증 확인 proof 증명 확인됨
서버 server 클라우드 cloud aws ec2 이씨투 vps gcp
쿠버네티스 kubernetes k8s 쿠버
줄바꿈 개행 crlf endings 엔터
글꼴 폰트 font fonts
웹페이지 website webpage 홈페이지 사이트 site
충돌 conflict clash collision taken 사용중
격리 isolation isolated sandbox
입문 초보 배우 learn tutorial beginner 처음
넘기 inject supply provide 전달 pass
재시도 retry retries
프로그램 program app 어플 앱
컨테이너화 도커라이즈 도커라이징 dockerize
네임스페이스 namespace
안쓰 unused 미사용 필요없 쓸모없 prune dangling
컴퓨터 computer machine laptop pc 노트북 피시 피씨 컴
사라지 사라 없어지 날아가 날아 날라 날렸 유실 lost lose gone disappear disappeared wipe
잠깐 임시 일회용 temporary temporarily once throwaway --rm
애드 add
워크디렉 워크디렉토리 워크디렉터리 workdir 작업폴더 작업디렉터리 작업디렉토리 작업경로
프럼 from
업 up
라벨 label
노드 node
미러 mirror
이닛 init --init
신호 signal sigterm 시그널
타임아웃 timeout
브리지 브릿지 bridge
인증서 cert certificate x509 ssl tls https
대역 subnet 서브넷 cidr vpn overlap overlaps
커널 kernel
소켓 socket sock
프로필 profile profiles 프로파일
물려받 상속 override 오버라이드 덮어쓰
복제 replica replicas scale 스케일
되풀이 반복 loop
연결거부 refused econnrefused
eacces permission denied 권한
eaddrinuse already inuse
enospc nospace 부족 꽉
etimedout timeout
enoent nosuch
컨트롤씨 컨트롤 ctrl+c ctrl-c ctrl
`.trim().split("\n").map((line) => line.split(" "));

// Asked around a question, and no part of what is looked for.
globalThis.searchFiller = `때문 땜 젤 제일 가장 엄청 진짜 완전 afterwards then later or but right now really simply
방법 직접 확인 옵션 모르 모르겠 어케 어캐 왜케 넘 너무 어떻게 뭘 무얼 쓰 써 대신 어떡해 어떤 무슨 뭐 뭔 뭐야 뭔가 왜 하 있 되 것 거 수 때 좀 알려줘 알려 가르쳐 싶 어디
법 경우 그 이 저 및 the a an is are be can does to how what which when why of in into from with between at by for do i my it on and use using
keep after find out see get show more me should about there 가능 해주 주 안 못 나 요 대해 대한 관한 위 으로
다 다음 하기 해야 하게 해 같이 사용법 자꾸 처럼
얼마나 얼마 언제 누가 누구 어느 어디다 그냥 혹시 만약 아무 정말 매우 많이 조금 더 잘 제대로 이거 그거 저거 이게 그게 이런 그런 저런 걸 실제 실제로 그러 이렇 그렇 어떻
without another other same only just if not has have was will would should could this that there they we you your so too because due
very much some any did doing done mean means makes where who gets got getting been being know anyone check try trying tried keeps
each own app application options need want make way thing please help still again its after before`.split(/\s+/);

// Said of many things, or what a container happens to run: it tells a little of what is looked for.
globalThis.searchVague = `put 한번에 한꺼번에 여러 여러개 여럿 multiple several together 컴퓨터 computer 내용 지정 정하 사용 이용 관련 문제 상황 필요 부분 나오 나와 나옴 뜨 떠 뜸 자주
스프링 스프링부트 spring springboot boot 리액트 react vue next nextjs django 장고 flask 플라스크 fastapi express 노드 node npm yarn nodejs java 자바
python 파이썬 php laravel rails 루비 ruby golang 톰캣 tomcat 몽고 몽고디비 mongo 카프카 kafka 프론트 프론트엔드 백엔드`.split(/\s+/);
